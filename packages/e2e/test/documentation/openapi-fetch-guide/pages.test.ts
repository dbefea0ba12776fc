import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { launchChromium, reasonToSkip } from "../../runtimes/chromium.ts";
import { type ServerProcess, startServerProcess } from "../../server/server-process.ts";
import { servePage } from "./page-server.ts";

const ada = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
const merged = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const absent = "mem_profile_00000000000000000000000000";
const traits = { Contact: { firstName: "Ada", email: "ada.reyes@example.com" } };

let sandbox: ServerProcess;
let browser: Browser;
let route: (request: Request) => Promise<Response>;

beforeAll(async () => {
  if (reasonToSkip !== undefined) return;
  [sandbox, browser] = await Promise.all([startServerProcess(["--sandbox"]), launchChromium()]);
  const profiles = [{ id: ada, createdAt: "2026-03-02T09:15:27Z", traits, mergedIds: [merged] }];
  const headers = { "Content-Type": "application/json" };
  await fetch(`${sandbox.url}/__sandbox/seed`, { method: "POST", headers, body: JSON.stringify({ profiles }) });
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

/** Opens a page that runs a script; what it asks for goes through its own server. */
async function opened(script: string): Promise<{ page: Page; sent: readonly object[] }> {
  const server = await servePage(script, route);
  onTestFinished(() => server.close());
  const page = await browser.newPage();
  onTestFinished(() => page.close());
  await page.goto(server.url);
  return { page, sent: server.requests };
}

const textsOf = (page: Page, selector: string) =>
  page.$$eval(selector, (elements) => elements.map((element) => element.textContent));

describe("a page with openapi-react-query", () => {
  const script = `
    import { showProfiles } from "./profile-page.tsx";
    showProfiles(document.querySelector("main"), ${JSON.stringify([ada, absent, merged])});`;

  it("shows a profile, and says of another what is wrong", async () => {
    const { page } = await opened(script);
    await page.waitForFunction(() => document.querySelectorAll("article, [role=alert]").length === 3);
    expect(await textsOf(page, "article > *")).toEqual(["Ada", "ada.reyes@example.com", "Customer since 2026"]);
    expect(await textsOf(page, "[role=alert]")).toEqual(["No profile has this ID", `The profile is ${ada} now`]);
  });

  it("sends no credentials from the browser", async () => {
    const { page, sent } = await opened(script);
    await page.waitForFunction(() => document.querySelectorAll("article, [role=alert]").length === 3);
    expect(sent.length).toBeGreaterThanOrEqual(3);
    expect(sent.filter((headers) => "authorization" in headers)).toEqual([]);
  });
});

describe("the route of the server", () => {
  it.each(["/memory.example.com/v1/Stores", "/memory@example.com/v1/Stores", "/memory/metrics", "/other/v1/Stores"])(
    "forwards nothing for %s",
    async (path) => {
      const response = await route(new Request(`http://127.0.0.1${path}`));
      expect([response.status, await response.text()]).toEqual([404, ""]);
    },
  );
});

describe("a page with swr-openapi", () => {
  it("lists profiles", async () => {
    const { page } = await opened(`
      import { showList } from "./profile-list.tsx";
      showList(document.querySelector("main"));`);
    await page.waitForSelector("li");
    expect(await textsOf(page, "li")).toEqual([ada]);
  });
});
