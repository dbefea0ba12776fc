import type { Page } from "puppeteer-core";
import { beforeEach, describe, expect, it } from "vitest";
import { desktop, type Faults, noFaults, phone } from "./chromium.ts";
import { findBarriers } from "./find-barriers.ts";
import { kinds, pagePaths } from "./pages.ts";
import { sizeOf } from "./size-of.ts";
import { useSite } from "./use-site.ts";

const site = useSite();
let page: Page;
let faults: Faults;

beforeEach(async () => {
  ({ page, faults } = await site.openPage());
  return () => page.close();
});

/** Opens everything that is folded, so that the checks see it. */
async function openDetails(): Promise<void> {
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("main details")) details.setAttribute("open", "");
  });
}

describe("every page", () => {
  it("loads under the policy of the server, without a fault and without scrolling sideways at 360 px", async () => {
    await page.setViewport(phone);
    const wide: string[] = [];
    for (const path of pagePaths) {
      const response = await page.goto(site.sandbox.url + path, { waitUntil: "load" });
      expect(response?.headers()["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'/);
      expect({ path, ...faults }).toEqual({ path, ...noFaults });
      await openDetails();
      if ((await page.evaluate(() => document.documentElement.scrollWidth)) > phone.width) wide.push(path);
    }
    expect(wide).toEqual([]);
    // All pages in one test take longer than the default on a busy machine.
  }, 300_000);
});

describe.each(process.env["SOAK"] ? pagePaths.map((path) => ({ kind: "page", path })) : kinds)(
  "the $kind $path",
  ({ path }) => {
    it("has no finding of axe, in light and dark, on a desktop and on a phone", async () => {
      await page.setViewport(desktop);
      await page.goto(site.sandbox.url + path);
      await openDetails();
      const findings = [
        ...(await findBarriers(page, "light")),
        ...(await findBarriers(page, "dark", ["color-contrast"])),
      ];
      await page.setViewport(phone);
      findings.push(...(await findBarriers(page, "dark")));
      expect(findings).toEqual([]);
    });
  },
);

it("axe finds an image without a text", async () => {
  await page.goto(`${site.sandbox.url}/docs/`);
  await page.evaluate(() => document.querySelector("main")?.append(document.createElement("img")));
  expect((await findBarriers(page, "light")).join()).toContain("image-alt");
});

describe("a page in print", () => {
  it("has no navigation, and everything that is folded or behind a tab", async () => {
    await page.goto(`${site.sandbox.url}/docs/reference/operations/create-profile/`);
    await page.emulateMediaType("print");
    const isVisible = (selector: string) =>
      page.$$eval(selector, (found) => found.map((each) => each.checkVisibility()));
    for (const selector of [".sidebar-pane", "try-it", "[role=tablist]"])
      expect(await isVisible(selector)).not.toContain(true);
    for (const selector of ["[role=tabpanel]", ".response details pre"])
      expect(await isVisible(selector)).not.toContain(false);
  });
});

describe("a page without scripts", () => {
  it("shows all samples, and no form", async () => {
    await page.setJavaScriptEnabled(false);
    await page.goto(`${site.sandbox.url}/docs/reference/operations/create-profile/`);
    const isVisible = (selector: string) =>
      page.$$eval(selector, (found) => found.map((each) => each.checkVisibility()));
    expect(await isVisible("[role=tabpanel]")).toEqual([true, true, true, true, true]);
    expect(await isVisible("try-it")).toEqual([false]);
  });
});

describe("the size of a page with everything that it loads", () => {
  it.each([
    ["/docs/", 60],
    ...pagePaths.filter((path) => path.includes("/operations/")).map((path) => [path, 90] as const),
  ] as const)("%s is at most %i kB after gzip", async (path, limit) => {
    expect(await sizeOf(page, site.sandbox.url + path)).toBeLessThanOrEqual(limit * 1000);
  });
});

describe("the record of faults", () => {
  it("contains a request to another host, a failed request, and an exception", async () => {
    const foreign = "http://127.0.0.1:1/logo.svg";
    await page.setContent(`<img src="${foreign}"><script>throw new Error("thrown")</script>`, { waitUntil: "load" });
    expect(faults.foreign).toEqual([foreign]);
    expect(faults.failed).toEqual([expect.stringContaining(foreign)]);
    expect(faults.errors).toEqual(expect.arrayContaining([expect.stringContaining("thrown")]));
  });

  it("contains a violation of the policy", async () => {
    await page.goto(`${site.sandbox.url}/docs/`);
    await page.evaluate(() => document.body.setAttribute("style", "color: red"));
    await expect.poll(() => faults.errors.join()).toContain("Content Security Policy");
  });
});
