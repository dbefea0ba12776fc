import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { findChromium } from "../../../scripts/test/find-chromium.ts";

const executablePath = findChromium();
const missing = "Chromium is not installed: run apt-get install chromium, or set CHROMIUM to the path of a Chromium";

/** Why browser tests are skipped, or `undefined` if they run. If `CI` is set, they fail instead of being skipped. */
export const reasonToSkip = executablePath === "" && !process.env["CI"] ? missing : undefined;

const args = [
  ...["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"],
  ...["--disable-background-networking", "--disable-component-update"],
];

export const desktop = { width: 1280, height: 900 };
export const phone = { width: 360, height: 740 };

/** Starts Chromium with an empty profile, which is deleted when the browser closes. */
export async function launchChromium(): Promise<Browser> {
  if (executablePath === "") throw new Error(missing);
  return puppeteer.launch({ executablePath, args, headless: true });
}

/** Everything that a page must not do. Chromium reports a violation of the Content-Security-Policy as an error in the console. */
export interface Faults {
  /** Errors and warnings in the console, and exceptions. */
  errors: string[];
  /** Requests without a response, or with a response from 400. */
  failed: string[];
  /** Requests to other hosts. */
  foreign: string[];
}

export const noFaults: Faults = { errors: [], failed: [], foreign: [] };

/** An empty page, and the faults of everything that it opens. */
export async function openPage(browser: Browser, origin: string): Promise<{ page: Page; faults: Faults }> {
  const page = await browser.newPage();
  const faults: Faults = { errors: [], failed: [], foreign: [] };
  page.on("request", (request) => {
    const isOwn = ["data:", "blob:"].includes(new URL(request.url()).protocol) || request.url().startsWith(origin);
    if (!isOwn) faults.foreign.push(request.url());
  });
  page.on("requestfailed", (request) => faults.failed.push(`${request.failure()?.errorText} ${request.url()}`));
  page.on("response", (response) => {
    if (response.status() >= 400) faults.failed.push(`${response.status()} ${response.url()}`);
  });
  page.on("pageerror", (error) => faults.errors.push(String(error)));
  page.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) faults.errors.push(message.text());
  });
  return { page, faults };
}
