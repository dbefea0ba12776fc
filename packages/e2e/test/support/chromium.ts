import puppeteer, { type Browser } from "puppeteer-core";
import { findChromium } from "../../../../scripts/test/find-chromium.ts";

const executablePath = findChromium();
const missing = "Chromium is not installed: run apt-get install chromium, or set CHROMIUM to the path of a Chromium";
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** Why browser tests are skipped, or `undefined` if they run. With CI set, they fail instead of being skipped. */
export const reasonToSkip = executablePath === "" && !process.env["CI"] ? missing : undefined;

export function launchChromium(): Promise<Browser> {
  if (executablePath === "") throw new Error(missing);
  return puppeteer.launch({ executablePath, args, headless: true });
}
