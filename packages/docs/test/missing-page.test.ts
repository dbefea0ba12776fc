import type { Page } from "puppeteer-core";
import { beforeEach, describe, expect, it } from "vitest";
import { desktop, type Faults, phone } from "./chromium.ts";
import { findBarriers } from "./find-barriers.ts";
import { missingPath } from "./pages.ts";
import { useSite } from "./use-site.ts";

const site = useSite();
let page: Page;
let faults: Faults;

beforeEach(async () => {
  ({ page, faults } = await site.openPage());
  return () => page.close();
});

const suggestions = () =>
  page.$$eval("[data-suggestions]:not([hidden]) a", (links) => links.map(({ pathname }) => pathname));

describe("the 404 page", () => {
  it.each(["/docs/nowhere", missingPath, "/docs/one/two/three.html?four=5"])(
    "is served with status 404 at %s, in the layout of the site",
    async (path) => {
      const response = await page.goto(site.sandbox.url + path, { waitUntil: "networkidle0" });
      expect(response?.status()).toBe(404);
      expect(await page.$eval("h1", (heading) => heading.textContent)).toBe("Page not found");
      expect(await page.$eval("[data-path]", ({ textContent }) => textContent)).toBe(
        new URL(path, site.sandbox.url).pathname,
      );
      expect(await page.$$eval("nav.sidebar a", (links) => links.length)).toBeGreaterThan(50);
      // The page itself is the only thing that is missing: its styles, scripts and search are found at any depth.
      expect(faults.failed).toEqual([`404 ${site.sandbox.url}${path}`]);
      expect(faults.foreign).toEqual([]);
    },
  );

  it("suggests pages for the last words of the address", async () => {
    await page.goto(site.sandbox.url + missingPath);
    await expect.poll(suggestions).toContain("/docs/guides/identity-resolution/");
    await Promise.all([page.waitForNavigation(), page.click("[data-suggestions] a")]);
    expect(await page.$eval("h1", (heading) => heading.textContent)).not.toBe("Page not found");
  });

  it("suggests nothing for words that no page contains", async () => {
    await page.goto(`${site.sandbox.url}/docs/%E4%B8%AD/zzzzqqqq/`, { waitUntil: "networkidle0" });
    expect(await suggestions()).toEqual([]);
  });

  it("opens the search with its button", async () => {
    await page.goto(site.sandbox.url + missingPath, { waitUntil: "networkidle0" });
    await page.click("[data-search]");
    expect(await page.$eval("dialog", ({ open }) => open)).toBe(true);
    await page.type("dialog input", "20409");
    await page.waitForSelector("dialog .pagefind-ui__result-link");
  });

  it("has no finding of axe, and does not scroll sideways at 360 px", async () => {
    await page.setViewport(desktop);
    await page.goto(site.sandbox.url + missingPath, { waitUntil: "networkidle0" });
    const findings = await findBarriers(page, "light");
    await page.setViewport(phone);
    findings.push(...(await findBarriers(page, "dark")));
    expect(findings).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(phone.width);
  });
});
