import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { launchChromium, reasonToSkip } from "./chromium.ts";
import type { Runtime } from "./runtime.ts";
import { sameOriginServer } from "./same-origin-server.ts";
import type { CheckResult, SuiteSettings } from "./suite/check.ts";

declare global {
  /** Of the page, see `entries/page.ts`. */
  var runCoreSuite: (settings: SuiteSettings) => Promise<CheckResult[]>;
}

/** Without a limit an upload would be over before any progress shows. In bytes per second. */
const network = { upload: 8 * 1024 * 1024, download: -1, latency: 0 };

export const chromiumPage: Runtime = {
  name: "a page in Chromium",
  version: "Chrome/",
  reasonToSkip,
  async run(folder, sandbox) {
    const server = await sameOriginServer(
      {
        "/": { type: "text/html", text: '<!doctype html><script type="module" src="/page.js"></script>' },
        "/page.js": { type: "text/javascript", text: await readFile(join(folder, "bundled/page.js"), "utf8") },
      },
      sandbox.baseUrl,
    );
    const browser = await launchChromium();
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
