import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium, reasonToSkip } from "../support/chromium.ts";
import { servePage } from "../support/local-server.ts";
import { forwardTo } from "./forward-to.ts";
import type { Runtime } from "./runtime.ts";
import type { CheckResult, SuiteSettings } from "./suite/check.ts";

declare global {
  /** Defined in the page by `entries/page.ts`. */
  var runCoreSuite: (settings: SuiteSettings) => Promise<CheckResult[]>;
}

/** In bytes per second. Without a limit, an upload would complete before it reports any progress. */
const network = { upload: 8 * 1024 * 1024, download: -1, latency: 0 };

export const chromiumPage: Runtime = {
  name: "a page in Chromium",
  version: "Chrome/",
  reasonToSkip,
  async run(folder, sandbox) {
    const script = await readFile(join(folder, "bundled/page.js"), "utf8");
    // The API does not support CORS, so the page must have the same origin.
    const server = await servePage(script, forwardTo(sandbox.baseUrl));
    const browser = await launchChromium();
    try {
      const page = await browser.newPage();
      await page.goto(`${server.url}/`);
      await page.emulateNetworkConditions(network);
      const settings: SuiteSettings = { ...sandbox, baseUrl: server.url, detectsRefusedConnections: false };
      const results = await page.evaluate((settings) => globalThis.runCoreSuite(settings), settings);
      return { version: await browser.version(), results };
    } finally {
      await browser.close();
      await server.close();
    }
  },
};
