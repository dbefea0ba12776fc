import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchChromium, reasonToSkip } from "../../support/chromium.ts";
import { controlSandbox } from "../../support/sandbox-control.ts";
import { type ServerProcess, startServerProcess } from "../../support/server-process.ts";
import { serveGuidePage } from "./guide-page.ts";

const ada = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
const merged = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const unknown = "mem_profile_00000000000000000000000000";
const traits = { Contact: { firstName: "Ada", email: "ada.reyes@example.com" } };

let sandbox: ServerProcess;
let browser: Browser;
let route: (request: Request) => Promise<Response>;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  [sandbox, browser] = await Promise.all([startServerProcess(["--sandbox"]), launchChromium()]);
  const profiles = [{ id: ada, createdAt: "2026-03-02T09:15:27Z", traits, mergedIds: [merged] }];
  await controlSandbox(sandbox.url, "POST", "seed", { profiles });
  vi.stubEnv("MEMORY_BASE_URL", sandbox.url);
  vi.stubEnv("TWILIO_API_KEY", sandbox.apiKey);
  vi.stubEnv("TWILIO_API_SECRET", sandbox.apiSecret);
  ({ forward: route } = await import("./forward.ts"));
});
beforeEach(({ skip }) => skip(reasonToSkip !== undefined, reasonToSkip));
afterAll(async () => {
  vi.unstubAllEnvs();
  await browser?.close();
  await sandbox?.stop();
});

/** Opens a page that runs a script. `requests` contains the headers of its requests to `/memory/*`. */
async function openPage(script: string): Promise<{ page: Page; requests: readonly object[] }> {
  const server = await serveGuidePage(script, route);
  onTestFinished(() => server.close());
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(server.url);
  return { page, requests: server.requests };
}

const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent));

describe("a page with openapi-react-query", () => {
  const script = `
    import { showProfiles } from "./profile-page.tsx";
    showProfiles(document.querySelector("main"), ${JSON.stringify([ada, unknown, merged])});`;

  it("shows a profile, and the error messages for an unknown and a merged profile", async () => {
    const { page } = await openPage(script);
    await page.waitForFunction(() => document.querySelectorAll("article, [role=alert]").length === 3);
    expect(await textsOf(page, "article > *")).toEqual(["Ada", "ada.reyes@example.com", "Customer since 2026"]);
    expect(await textsOf(page, "[role=alert]")).toEqual(["No profile has this ID", `The profile is ${ada} now`]);
  });

  it("sends no credentials from the browser", async () => {
    const { page, requests } = await openPage(script);
    await page.waitForFunction(() => document.querySelectorAll("article, [role=alert]").length === 3);
    expect(requests.length).toBeGreaterThanOrEqual(3);
    expect(requests.filter((headers) => "authorization" in headers)).toEqual([]);
  });
});

describe("the route /memory/*", () => {
  it.each(["/memory.example.com/v1/Stores", "/memory@example.com/v1/Stores", "/memory/metrics", "/other/v1/Stores"])(
    "returns 404 without forwarding the request: %s",
    async (path) => {
      const response = await route(new Request(`http://127.0.0.1${path}`));
      expect([response.status, await response.text()]).toEqual([404, ""]);
    },
  );
});

describe("a page with swr-openapi", () => {
  it("lists profiles", async () => {
    const { page } = await openPage(`
      import { showList } from "./profile-list.tsx";
      showList(document.querySelector("main"));`);
    await page.waitForSelector("li");
    expect(await textsOf(page, "li")).toEqual([ada]);
  });
});
