import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Browser, Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { launchChromium, reasonToSkip } from "../support/chromium.ts";
import { resetSandbox } from "../support/sandbox-control.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { type InstalledExample, installExample, startProgram } from "./install-example.ts";

const ada = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
const merged = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const traits = { Contact: { firstName: "Ada", email: "ada.reyes@example.com" } };
const profiles = "/memory/v1/Stores/mem_store_00000000000000000000000000/Profiles";

let example: InstalledExample;
let sandbox: ServerProcess;
let server: Awaited<ReturnType<typeof startProgram>>;

beforeAll(async () => {
  [example, sandbox] = await Promise.all([installExample("react-page"), startServerProcess(["--sandbox"])]);
  await resetSandbox(sandbox.url, { profiles: [{ id: ada, traits, mergedIds: [merged] }] });
  const env = {
    MEMORY_BASE_URL: sandbox.url,
    TWILIO_API_KEY: sandbox.apiKey,
    TWILIO_API_SECRET: sandbox.apiSecret,
    PORT: "0",
  };
  await example.runScript("build", env);
  server = await startProgram(process.execPath, ["server.ts"], { cwd: example.folder, env });
}, 900_000);
afterAll(async () => {
  await server?.stop();
  await sandbox?.stop();
  await example?.remove();
});

describe("the build of the react-page example", () => {
  it("contains no credentials, although they were in its environment", async () => {
    const dist = join(example.folder, "dist");
    const files = (await readdir(dist, { recursive: true })).filter((file) => /\.\w+$/.test(file));
    expect(files.some((file) => file.endsWith(".js"))).toBe(true);
    for (const file of files) {
      const content = await readFile(join(dist, file), "utf8");
      expect(content.includes(sandbox.apiKey) || content.includes(sandbox.apiSecret), file).toBe(false);
    }
  });
});

describe("the server of the react-page example", () => {
  const send = (path: string, init?: RequestInit) => fetch(server.url + path, { redirect: "manual", ...init });

  it("forwards the two reads of the page", async () => {
    expect(await (await send(`${profiles}?pageSize=10`)).json()).toMatchObject({ profiles: [ada] });
    expect(await (await send(`${profiles}/${ada}?traitGroups=Contact`)).json()).toMatchObject({ traits });
  });

  it("keeps the redirect of a merged profile on its own origin", async () => {
    const response = await send(`${profiles}/${merged}`);
    expect([response.status, response.headers.get("Location")]).toEqual([301, `${profiles}/${ada}`]);
  });

  it.each([
    ["DELETE", `${profiles}/${ada}`, 405],
    ["POST", profiles, 405],
    ["GET", `${profiles}/Imports`, 404],
    ["GET", "/memory/metrics", 404],
    ["GET", "/memory/v1/Stores/mem_store_00000000000000000000000001/Profiles", 404],
    ["GET", "/../package.json", 404],
    ["GET", "/assets/..%2f..%2fserver.ts", 404],
  ])("does not forward or serve anything else: %s %s", async (method, path, status) => {
    expect((await send(path, { method })).status).toBe(status);
  });
});

describe("the react-page example in Chromium", () => {
  let browser: Browser | undefined;
  afterAll(() => browser?.close());

  it("lists the customers and shows the selected one, without credentials and without errors", async ({ skip }) => {
    skip(reasonToSkip !== undefined, reasonToSkip);
    browser = await launchChromium();
    const page: Page = await browser.newPage();
    onTestFinished(() => page.close());
    const problems: string[] = [];
    const requests: { url: string; headers: Record<string, string> }[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(String(error)));
    page.on("request", (request) => requests.push({ url: request.url(), headers: request.headers() }));

    await page.goto(server.url);
    await page.locator("li button").click();
    await page.waitForSelector("article");
    expect(await page.$$eval("article > *", (parts) => parts.map((part) => part.textContent))).toEqual([
      "Ada",
      "ada.reyes@example.com",
    ]);
    const called = requests.filter(({ url }) => url.includes("/memory/"));
    expect(called).toHaveLength(2);
    expect(called.filter(({ headers }) => "authorization" in headers)).toEqual([]);
    expect(requests.filter(({ url }) => !url.startsWith(server.url))).toEqual([]);
    expect(problems).toEqual([]);
  });
});
