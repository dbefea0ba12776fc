import { readFile } from "node:fs/promises";
import { request as createRequest, type RequestListener } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream";
import { launchChromium, reasonToSkip } from "../support/chromium.ts";
import { servePage } from "../support/local-server.ts";
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

/** Forwards requests to an API without buffering: a slow response stays slow, and a broken connection is broken on both sides. */
function forwardTo(api: string): RequestListener {
  return (incoming, outgoing) => {
    const { method, url, headers } = incoming;
    const resetOnError = (error: unknown) => {
      if (error) incoming.socket.resetAndDestroy();
    };
    const forwarded = createRequest(api, { path: url, method, headers, agent: false });
    forwarded.on("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      outgoing.flushHeaders();
      pipeline(response, outgoing, resetOnError);
    });
    forwarded.on("error", resetOnError);
    outgoing.on("close", () => forwarded.destroy());
    pipeline(incoming, forwarded, () => {});
  };
}
