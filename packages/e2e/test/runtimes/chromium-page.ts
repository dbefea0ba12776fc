import { readFile } from "node:fs/promises";
import { join } from "node:path";
import puppeteer from "puppeteer-core";
import { findChromium } from "../../../../scripts/test/find-chromium.ts";
import type { Runtime } from "./runtime.ts";
import { sameOriginServer } from "./same-origin-server.ts";
import type { CheckResult, SuiteSettings } from "./suite/check.ts";

declare global {
  /** Of the page, see `entries/page.ts`. */
  var runCoreSuite: (settings: SuiteSettings) => Promise<CheckResult[]>;
}

const executablePath = findChromium();
const missing = "there is no Chromium here: apt-get install chromium, or set CHROMIUM to the path of one";
const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
/** Without a limit an upload would be over before any progress shows. In bytes per second. */
const network = { upload: 8 * 1024 * 1024, download: -1, latency: 0 };

export const chromiumPage: Runtime = {
  name: "a page in Chromium",
  version: "Chrome/",
  // With CI set it is not skipped but fails.
  reasonToSkip: executablePath === "" && !process.env["CI"] ? missing : undefined,
  async run(folder, sandbox) {
    if (executablePath === "") throw new Error(missing);
    const server = await sameOriginServer(
      {
        "/": { type: "text/html", text: '<!doctype html><script type="module" src="/page.js"></script>' },
        "/page.js": { type: "text/javascript", text: await readFile(join(folder, "bundled/page.js"), "utf8") },
      },
      sandbox.baseUrl,
    );
    const browser = await puppeteer.launch({ executablePath, args, headless: true });
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}/`);
      await page.emulateNetworkConditions(network);
      const settings: SuiteSettings = { ...sandbox, baseUrl: server.url, tellsRefusals: false };
      const results = await page.evaluate((given) => globalThis.runCoreSuite(given), settings);
      return { version: await browser.version(), results };
    } finally {
      await browser.close();
      await server.close();
    }
  },
};
