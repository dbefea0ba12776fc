import type { Browser } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach } from "vitest";
import type { RunningServer } from "../src/server/run-server.ts";
import { launchChromium, openPage, reasonToSkip } from "./chromium.ts";
import { serveSandbox } from "./serve-sandbox.ts";

/** Serves a sandbox with the site, and starts a browser, for the tests of the file. Without a browser, they are skipped. */
export function useSite() {
  let sandbox: RunningServer | undefined;
  let browser: Browser | undefined;

  beforeAll(async () => {
    if (reasonToSkip === undefined) [sandbox, browser] = await Promise.all([serveSandbox(), launchChromium()]);
  });
  beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
  afterAll(async () => {
    await browser?.close();
    await sandbox?.[Symbol.asyncDispose]();
  });

  return {
    get sandbox(): RunningServer {
      if (sandbox === undefined) throw new Error("The sandbox is not running.");
      return sandbox;
    },
    openPage() {
      if (sandbox === undefined || browser === undefined) throw new Error("The browser is not running.");
      return openPage(browser, sandbox.url);
    },
  };
}
