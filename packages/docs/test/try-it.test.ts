import type { Page } from "puppeteer-core";
import { beforeEach, describe, expect, it } from "vitest";
import { desktop, type Faults, noFaults } from "./chromium.ts";
import { useSite } from "./use-site.ts";

const site = useSite();
let page: Page;
let faults: Faults;

beforeEach(async () => {
  ({ page, faults } = await site.openPage());
  return () => page.close();
});

/** Opens the form of an operation with the keyboard. */
async function openForm(operation: string): Promise<void> {
  await page.setViewport(desktop);
  await page.goto(`${site.sandbox.url}/docs/reference/operations/${operation}/`);
  await page.focus("try-it summary");
  await page.keyboard.press("Enter");
}

async function useCredentials(): Promise<void> {
  await page.focus("[data-action=credentials]");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector<HTMLInputElement>("[name=password]")?.value !== "");
}

/** Sends the form with the keyboard, and returns the request and the response that it shows. */
async function send(): Promise<string[]> {
  await page.$$eval(".try-it-result pre", (blocks) => {
    for (const block of blocks) block.remove();
  });
  await page.focus(".try-it .send");
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelectorAll(".try-it-result pre").length === 2);
  return page.$$eval(".try-it-result pre", (blocks) => blocks.map(({ textContent }) => textContent));
}

async function type(name: string, value: string): Promise<void> {
  await page.$eval(`try-it [name="${name}"]`, (field) => {
    if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = "";
  });
  await page.type(`try-it [name="${name}"]`, value);
}

describe("the form of an operation", () => {
  it("creates a profile, and shows it with the form of another operation", async () => {
    await openForm("create-profile");
    await useCredentials();
    await type("body", '{"traits":{"Contact":{"email":"lin@example.com"}}}');
    const [request, response] = await send();
    expect(request).toContain(`POST /v1/Stores/${site.sandbox.storeId}/Profiles`);
    expect(request).toContain('{"traits":{"Contact":{"email":"lin@example.com"}}}');
    expect(response).toMatch(/^202 Accepted/);
    expect(
      await page.$eval(".try-it-result pre:last-child", (block) => block.getBoundingClientRect().top),
    ).toBeLessThan(desktop.height);
    const [id = ""] = /mem_profile_\w+/.exec(response ?? "") ?? [];

    await openForm("fetch-profile");
    await useCredentials();
    await type("path:profileId", id);
    await expect.poll(async () => (await send())[1]).toContain('"email": "lin@example.com"');
    expect(faults).toEqual(noFaults);
  });

  it("shows no secret in the request", async () => {
    await openForm("list-profiles");
    await useCredentials();
    const [request] = await send();
    expect(request).toContain("authorization: Basic …");
    expect(await page.evaluate(() => document.querySelector("main")?.textContent)).not.toContain(
      site.sandbox.apiSecret,
    );
  });

  it("shows an error of the API", async () => {
    await openForm("list-profiles");
    const [, response] = await send();
    expect(response).toMatch(/^401/);
    expect(response).toContain('"code": 20003');
  });

  it("says that there is no sandbox when the site is served by something else", async () => {
    await openForm("create-profile");
    await page.$eval("try-it", (form) => form.setAttribute("data-credentials", "/docs/nowhere"));
    await page.click("[data-action=credentials]");
    await page.waitForSelector(".try-it-result pre");
    expect(await page.$eval(".try-it-result", ({ textContent }) => textContent)).toContain("not served by a sandbox");
  });
});

describe("the samples of an operation", () => {
  const selected = () => page.$eval("[role=tab][aria-selected=true]", ({ textContent }) => textContent?.trim());
  const visible = () => page.$$eval("[role=tabpanel]:not([hidden])", (panels) => panels.map(({ id }) => id));

  it("switch with the arrow keys, once for the whole site", async () => {
    await page.goto(`${site.sandbox.url}/docs/reference/operations/create-profile/`);
    expect(await selected()).toBe("curl");
    await page.focus("[role=tab][aria-selected=true]");
    await page.keyboard.press("ArrowLeft");
    expect([await selected(), await visible()]).toEqual(["Python", ["sample-python"]]);
    expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Python");

    await page.goto(`${site.sandbox.url}/docs/reference/operations/list-profiles/`);
    expect([await selected(), await visible()]).toEqual(["Python", ["sample-python"]]);
    await page.evaluate(() => localStorage.clear());
  });
});

describe("the drawing of a merge", () => {
  const steps = () =>
    page.$$eval(
      "merge-steps section",
      (sections) => sections.filter((section) => section.checkVisibility({ visibilityProperty: true })).length,
    );
  const status = () => page.$eval("merge-steps [role=status]", ({ textContent }) => textContent);

  it("shows one step at a time, by its buttons and by the arrow keys", async () => {
    await page.goto(`${site.sandbox.url}/docs/guides/identity-resolution/`);
    expect([await status(), await steps()]).toEqual(["Step 1 of 3", 1]);
    await page.click("merge-steps [data-step='1']");
    expect([await status(), await steps()]).toEqual(["Step 2 of 3", 1]);
    await page.keyboard.press("ArrowRight");
    expect([await status(), await steps()]).toEqual(["Step 3 of 3", 1]);
    // The button Next is disabled now, so the focus moved.
    await page.keyboard.press("ArrowLeft");
    expect(await status()).toBe("Step 2 of 3");
  });

  it("shows all steps in print, and without scripts", async () => {
    await page.goto(`${site.sandbox.url}/docs/guides/identity-resolution/`);
    await page.emulateMediaType("print");
    expect(await steps()).toBe(3);
    await page.emulateMediaType("screen");
    await page.setJavaScriptEnabled(false);
    await page.reload();
    expect(await steps()).toBe(3);
  });
});
