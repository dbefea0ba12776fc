import { createMemoryClient } from "@memory-api/client";
import type { Page } from "puppeteer-core";
import { beforeEach, describe, expect, it } from "vitest";
import { type Faults, noFaults } from "./chromium.ts";
import { findBarriers } from "./find-barriers.ts";
import { useSite } from "./use-site.ts";

const site = useSite();
let page: Page;
let faults: Faults;

beforeEach(async () => {
  await fetch(`${site.sandbox.url}/__sandbox/reset`, { method: "POST" });
  ({ page, faults } = await site.openPage());
  page.on("dialog", (dialog) => void dialog.accept());
  await page.goto(`${site.sandbox.url}/`);
  await page.waitForSelector("#connection.good");
  return () => page.close();
});

function store() {
  const { url, apiKey, apiSecret, storeId } = site.sandbox;
  return createMemoryClient({ baseUrl: url, credentials: { apiKey, apiSecret } }).store(storeId);
}

const text = (selector: string) => page.$eval(selector, ({ textContent }) => textContent ?? "");
const count = (selector: string) => page.$$eval(selector, ({ length }) => length);

describe("the page of a sandbox", () => {
  it("has the policy of its own files, and does nothing that it forbids", async () => {
    const response = await page.reload();
    expect(response?.headers()["content-security-policy"]).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self'/,
    );
    await page.waitForSelector("#connection.good");
    expect(faults).toEqual(noFaults);
  });

  it("shows the credentials only after a click", async () => {
    expect(await page.content()).not.toContain(site.sandbox.apiSecret);
    await page.click("#show-credentials");
    await page.waitForSelector("#credentials:not([hidden])");
    expect(await text("#credentials")).toContain(`export TWILIO_API_SECRET=${site.sandbox.apiSecret}`);
    expect(faults).toEqual(noFaults);
  });

  it("shows a merge", async () => {
    const { profiles } = store();
    const first = await profiles.create({ traits: { Contact: { email: "grace@example.com" } } });
    const second = await profiles.create({ traits: { Contact: { phone: "+14155550199" } } });
    await expect.poll(() => count("#graph circle.live")).toBe(2);
    expect(await text("#profile-count")).toBe("2");
    await profiles.create({ traits: { Contact: { email: "grace@example.com", phone: "+14155550199" } } });
    await expect.poll(() => count("#graph circle.merged")).toBe(1);
    expect(await count("#graph circle.live")).toBe(1);
    expect(await page.$$eval("#graph text title", (titles) => titles.map(({ textContent }) => textContent))).toEqual([
      first.id,
      second.id,
    ]);
    expect(await text("#graph-caption")).toContain("1 of the profiles in recent requests was merged");
    expect(faults).toEqual(noFaults);
  });

  it("follows an import to its end", async () => {
    const rows = Array.from({ length: 2000 }, (_, row) => `person${row}@example.com,Lin\n`);
    const file = new File(["email,name\n", ...rows], "people.csv");
    const job = store().imports.run(file, { mapping: { email: "Contact.email", name: "Contact.firstName" } });
    await Promise.all([page.waitForSelector("#import-list li"), job]);
    await expect.poll(() => text("#import-list li")).toContain("COMPLETED");
    expect(await text("#import-list li")).toContain("people.csv");
    expect(await text("#import-list li")).toContain("2,000 rows, 0 errors, 0 warnings");
    expect(await page.$eval("#import-list progress", ({ value, max }) => value === max)).toBe(true);
    expect(faults).toEqual(noFaults);
  });

  it("has no finding of axe in light and dark", async () => {
    const { profiles } = store();
    await profiles.create({ traits: { Contact: { email: "lin@example.com" } } });
    await expect.poll(() => count("#graph circle.live")).toBe(1);
    await page.click("#show-credentials");
    await page.waitForSelector("#credentials:not([hidden])");
    expect([...(await findBarriers(page, "light")), ...(await findBarriers(page, "dark"))]).toEqual([]);
  });

  it("lists the last requests", async () => {
    await store().profiles.create({ traits: { Contact: { email: "lin@example.com" } } });
    await expect.poll(() => text("#request-list")).toMatch(/202\s*POST/);
  });

  it("advances the clock", async () => {
    const before = await text("#now");
    await page.$eval("#advance [name=amount]", (field) => {
      if (field instanceof HTMLInputElement) field.value = "2";
    });
    await page.select("#advance [name=unit]", "86400000");
    await page.click("#advance button");
    await expect.poll(() => text("#message")).toBe("The clock is advanced.");
    const days = async () => (Date.parse(await text("#now")) - Date.parse(before)) / 86_400_000;
    await expect.poll(days).toBeGreaterThanOrEqual(2);
  });

  it("plans a fault, and cancels it", async () => {
    await page.click("#fault [type=submit]");
    await page.waitForSelector("#clear-faults:not([disabled])");
    await page.click("#clear-faults");
    await page.waitForSelector("#clear-faults[disabled]");
    expect(await text("#message")).toBe("No faults are planned.");
  });

  it("resets the sandbox", async () => {
    await store().profiles.create({ traits: { Contact: { email: "lin@example.com" } } });
    await expect.poll(() => text("#profile-count")).toBe("1");
    await page.click("#reset button");
    await expect.poll(() => text("#profile-count")).toBe("0");
    expect(await text("#message")).toBe("The sandbox is empty.");
  });
});
