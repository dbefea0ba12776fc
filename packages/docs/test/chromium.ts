import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findChromium } from "../../../scripts/test/find-chromium.ts";

const executablePath = findChromium();
const missing = "there is no Chromium here: apt-get install chromium, or set CHROMIUM to the path of one";

/** Why the tests in a browser are skipped; `undefined` where they run. With CI set they are not skipped but fail. */
export const reasonToSkip = executablePath === "" && !process.env["CI"] ? missing : undefined;

const args = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
];

/** A Chromium with a profile of its own, which goes when it is closed. */
export async function launchChromium(): Promise<Browser> {
  if (executablePath === "") throw new Error(missing);
  return puppeteer.launch({ executablePath, args, headless: true });
}

/** What a page did that it should not have done. */
export interface Faults {
  errors: string[];
  /** URLs of other hosts that it asked for, whether or not they answered. */
  foreign: string[];
}

/** An empty page, and a record of its faults as it goes on. */
export async function openPage(browser: Browser, origin: string): Promise<{ page: Page; faults: Faults }> {
  const page = await browser.newPage();
  const faults: Faults = { errors: [], foreign: [] };
  page.on("request", (request) => {
    const own = ["data:", "blob:"].includes(new URL(request.url()).protocol) || request.url().startsWith(origin);
    if (!own) faults.foreign.push(request.url());
  });
  page.on("pageerror", (error) => faults.errors.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.errors.push(message.text());
  });
  return { page, faults };
}
