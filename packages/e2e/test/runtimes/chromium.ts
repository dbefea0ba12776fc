import puppeteer, { type Browser } from "puppeteer-core";
import { findChromium } from "../../../../scripts/test/find-chromium.ts";

const executablePath = findChromium();
const missing = "there is no Chromium here: apt-get install chromium, or set CHROMIUM to the path of one";
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];

/** Why tests in a browser are skipped. With CI set they fail instead. */
export const reasonToSkip = executablePath === "" && !process.env["CI"] ? missing : undefined;

export function launchChromium(): Promise<Browser> {
  if (executablePath === "") throw new Error(missing);
  return puppeteer.launch({ executablePath, args, headless: true });
}
