import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { samplesFolder } from "../build/build-reference.ts";
import { sampleStyles } from "../build/code-samples.ts";
import { launchChromium, openPage, reasonToSkip } from "./chromium.ts";
import { type ContractOperation, contractOperations } from "./contract-operations.ts";
import { pageServer } from "./page-server.ts";

const file = new URL("../dist/index.html", import.meta.url);
const desktop = { width: 1440, height: 1000 };
const phone = { width: 390, height: 844, isMobile: true, hasTouch: true };
const noFaults = { errors: [], foreign: [] };

let server: Awaited<ReturnType<typeof pageServer>>;
let browser: Browser;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return console.warn(`Skipped, since ${reasonToSkip}`);
  server = await pageServer(await readFile(file, "utf8"));
  browser = await launchChromium();
});
beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const linkTo = ({ tag, id }: ContractOperation) => `#/${tag}/${id}`.toLowerCase();

/** Waits until the page shows the operation under its summary, then selects each of its samples and waits for that. */
async function shown(page: Page, operation: ContractOperation): Promise<void> {
  await page.waitForFunction(hasElement, {}, "h2", operation.summary);
  for (const { folder, label } of sampleStyles) {
    await selectSample(page, operation, label);
    const sample = await readFile(join(samplesFolder, folder, `${operation.id}.ts`), "utf8");
    await page.waitForFunction(hasElement, {}, "pre code", sample.trim());
  }
}

function hasElement(selector: string, text: string): boolean {
  return [...document.querySelectorAll(selector)].some((element) => element.textContent.trim() === text);
}

/** Redoc lists the samples in a menu. Its button has the label of the selected sample. */
async function selectSample(page: Page, { address }: ContractOperation, label: string): Promise<void> {
  const panel = `//*[contains(@class, "panel-request-samples")][.//button[. = "${address}"]]`;
  const selected = sampleStyles.map((style) => `. = "${style.label}"`).join(" or ");
  await page.locator(`::-p-xpath(${panel}//button[${selected}])`).click();
  await page.locator(`::-p-xpath(//*[@role="menuitem"][. = "${label}"])`).click();
}

describe("the reference in Chromium", () => {
  it.each(contractOperations)("leads from its menu to $id, with its code samples", async (operation) => {
    const { page, faults } = await openPage(browser, server.url);
    await page.setViewport(desktop);
    await page.goto(`${server.url}#/${operation.tag.toLowerCase()}`);
    await page.locator(`a[href="${linkTo(operation)}"]`).click();
    await shown(page, operation);
    expect(faults).toEqual(noFaults);
    await page.close();
  });

  it.each(contractOperations)("shows $id on a phone without scrolling sideways", async (operation) => {
    const { page, faults } = await openPage(browser, server.url);
    await page.setViewport(phone);
    await page.goto(server.url + linkTo(operation));
    await shown(page, operation);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
    expect(faults).toEqual(noFaults);
    await page.close();
  });

  it("shows which statements are decisions of the contract", async () => {
    const { page, faults } = await openPage(browser, server.url);
    const operation = contractOperations.find(({ id }) => id === "listProfileImportsV2");
    if (operation === undefined) throw new Error("The contract has no such operation.");
    await page.goto(server.url + linkTo(operation));
    await shown(page, operation);
    const text = await page.evaluate(() => document.body.textContent);
    expect(text).toContain("Decided here: The response contains the newest 100 imports");
    expect(faults).toEqual(noFaults);
    await page.close();
  });

  it("needs no server", async () => {
    const { page, faults } = await openPage(browser, "file:");
    const [first] = contractOperations;
    if (first === undefined) throw new Error("The contract has no operation.");
    await page.goto(file.href + linkTo(first));
    await shown(page, first);
    expect(faults).toEqual(noFaults);
    await page.close();
  });
});

describe("the record of faults", () => {
  it("has a request to another host, and the error that it ends in", async () => {
    const { page, faults } = await openPage(browser, server.url);
    const foreign = "http://127.0.0.1:1/logo.svg";
    await page.goto(server.url);
    await page.setContent(`<img src="${foreign}"><script>throw new Error("thrown")</script>`);
    await page.waitForNetworkIdle();
    expect(faults.foreign).toEqual([foreign]);
    expect(faults.errors).toEqual(expect.arrayContaining([expect.stringContaining("thrown")]));
    await page.close();
  });
});
