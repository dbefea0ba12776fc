import { openapi, operationsOf } from "@memory-api/spec";
import type { Page } from "puppeteer-core";
import { beforeAll, describe, expect, it } from "vitest";
import { errorCodes } from "../src/contract/error-codes.ts";
import { errorPage, operationPage } from "../src/contract/pages.ts";
import { noFaults, reasonToSkip } from "./chromium.ts";
import { useSite } from "./use-site.ts";

const operations = operationsOf(openapi);

const site = useSite();
let page: Page;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  ({ page } = await site.openPage());
  await page.goto(`${site.sandbox.url}/docs/`);
});

/** The first pages that the search of the site finds, by the index that its dialog uses. */
function found(words: string): Promise<string[]> {
  // As text, because Vitest would compile the import for Node.js.
  return page.evaluate(`(async () => {
    const { search } = await import("/docs/pagefind/pagefind.js");
    const { results } = await search(${JSON.stringify(words)});
    const first = await Promise.all(results.slice(0, 5).map((result) => result.data()));
    return first.map(({ url }) => url);
  })()`) as Promise<string[]>;
}

describe.each(operations)("the search finds $id", ({ id, path, operation }) => {
  it.each([
    ["its name", operation.summary ?? ""],
    ["its ID", id],
    ["its path", path],
    ["the words of its path", path.replace(/[/{}]/g, " ")],
  ])("by %s", async (_, words) => {
    expect(await found(words)).toContain(operationPage(id));
  });
});

it.each(operations)("the search finds $id before all guides", async ({ id }) => {
  const [first] = (await found(id)).filter((path) => !path.includes("/schemas/"));
  expect(first).toBe(operationPage(id));
});

it.each(errorCodes.map(({ code }) => code))("the search finds the error code %i first", async (code) => {
  expect((await found(String(code)))[0]).toBe(errorPage(code));
});

it("opens with the keyboard, and leads to a result", async () => {
  const { page, faults } = await site.openPage();
  await page.goto(`${site.sandbox.url}/docs/`, { waitUntil: "networkidle0" });
  await page.keyboard.down("Control");
  await page.keyboard.press("k");
  await page.keyboard.up("Control");
  await page.waitForSelector("dialog input");
  await page.type("dialog input", "20409");
  const link = await page.waitForSelector("dialog .pagefind-ui__result-link");
  await link?.focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  expect(new URL(page.url()).pathname).toBe("/docs/reference/errors/20409/");
  expect(faults).toEqual(noFaults);
  await page.close();
});
