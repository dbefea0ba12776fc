import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { SANDBOX_CREDENTIAL } from "../../src/sandbox/sandbox-settings.ts";
import { type Call, person } from "./call-sandbox.ts";
import { type ServedSandbox, serveSandbox } from "./serve-sandbox.ts";

const POLICY = "default-src 'none'; script-src 'self'";

let served: ServedSandbox;
let url: string;
let call: Call;
let docsFolder: string;

beforeAll(async () => {
  docsFolder = await mkdtemp(join(tmpdir(), "memory-docs-"));
  await mkdir(join(docsFolder, "guides"));
  await writeFile(join(docsFolder, "content-security-policy.txt"), `${POLICY}\n`);
  await writeFile(join(docsFolder, "index.html"), "<h1>Documentation</h1>");
  await writeFile(join(docsFolder, "404.html"), "<h1>No such page</h1>");
  await writeFile(join(docsFolder, "guides/index.html"), "<h1>Guides</h1>");
  served = await serveSandbox({ docsFolder });
  ({ url, call } = served);
});
beforeEach(() => call("POST", "/__sandbox/reset"));
afterAll(async () => {
  await served[Symbol.asyncDispose]();
  await rm(docsFolder, { recursive: true });
});

/** Sends a request with any headers; `fetch` sets some itself. */
function send(
  path: string,
  headers: Record<string, string>,
  method = "GET",
): Promise<{ status?: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { method, headers }, (response) => {
      let text = "";
      response
        .on("data", (chunk) => (text += chunk))
        .on("end", () => resolve({ status: response.statusCode ?? 0, text }));
    });
    sent.on("error", reject).end();
  });
}

describe("the page of a sandbox", () => {
  it("consists of a document, a style sheet and a script, under a policy without inline code", async () => {
    const page = await fetch(`${url}/`);
    expect(page.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(page.headers.get("content-security-policy")).toMatch(
      /^default-src 'none'; script-src 'self'; style-src 'self';/,
    );
    const html = await page.text();
    for (const [, file = ""] of html.matchAll(/(?:href|src)="(\/__sandbox\/[^"]+)"/g)) {
      expect((await fetch(url + file)).status).toBe(200);
    }
    expect(html).not.toMatch(/<script>|<style| style=| on\w+=/);
  });

  it("contains no secret", async () => {
    for (const path of ["/", "/__sandbox/page.js", "/__sandbox/overview", "/__sandbox/site"]) {
      expect(await (await fetch(url + path)).text()).not.toContain(SANDBOX_CREDENTIAL.apiSecret.concat('"'));
    }
  });

  it.each(["/", "/__sandbox/page.js", "/__sandbox/credentials", "/__sandbox/overview", "/docs/"])(
    "does not open %s under the name of another host",
    async (path) => {
      expect((await send(path, { Host: "attacker.example" })).status).toBe(403);
    },
  );
});

describe("the credentials of a sandbox", () => {
  const origin = () => new URL(url).origin;

  it("are returned to a page of the sandbox", async () => {
    const response = await fetch(`${url}/__sandbox/credentials`);
    expect(await response.json()).toEqual({
      user: SANDBOX_CREDENTIAL.apiKey,
      password: SANDBOX_CREDENTIAL.apiSecret,
      store: "mem_store_00000000000000000000000000",
    });
    expect(response.headers.get("cache-control")).toBe("no-store");
    const fromPage = { Origin: origin(), "Sec-Fetch-Site": "same-origin" };
    expect((await send("/__sandbox/credentials", fromPage)).status).toBe(200);
  });

  it.each([
    ["another origin", { Origin: "http://127.0.0.1:1" }],
    ["no origin", { Origin: "null" }],
    ["another site", { "Sec-Fetch-Site": "cross-site" }],
    ["a page of another port", { "Sec-Fetch-Site": "same-site" }],
  ])("are not returned to %s", async (_, headers: Record<string, string>) => {
    const { status, text } = await send("/__sandbox/credentials", headers);
    expect(status).toBe(403);
    expect(text).not.toContain(SANDBOX_CREDENTIAL.apiKey);
  });
});

describe("the control API of a sandbox", () => {
  it("accepts the buttons of its own page, and not those of another", async () => {
    const own = { Origin: new URL(url).origin, "Sec-Fetch-Site": "same-origin" };
    expect((await send("/__sandbox/reset", own, "POST")).status).toBe(204);
    expect((await send("/__sandbox/reset", { ...own, Origin: "http://127.0.0.1:1" }, "POST")).status).toBe(403);
    expect(
      (await send("/__sandbox/reset", { Origin: "http://attacker.example", Host: "attacker.example" }, "POST")).status,
    ).toBe(403);
  });

  it("shows profiles, merges, imports and requests in the overview", async () => {
    const { body: ada } = await call("POST", "", person("ada@example.com"));
    const { body: other } = await call("POST", "", { traits: { Contact: { phone: "+14155550123" } } });
    await call("POST", "", { traits: { Contact: { email: "ada@example.com", phone: "+14155550123" } } });
    const { body: overview } = await call("GET", "/__sandbox/overview");
    expect(overview).toMatchObject({
      isFrozen: false,
      faults: 0,
      stores: [{ profiles: [ada["id"]], count: 1, merges: [{ id: other["id"], canonicalId: ada["id"] }], imports: [] }],
      requests: [{ method: "POST", status: 202 }, { status: 202 }, { status: 202 }],
    });
  });
});

describe("the documentation of a sandbox", () => {
  it("is served under the policy of its build", async () => {
    const page = await fetch(`${url}/docs/guides/`);
    expect(await page.text()).toBe("<h1>Guides</h1>");
    expect(page.headers.get("content-security-policy")).toBe(POLICY);
    expect(page.headers.get("x-content-type-options")).toBe("nosniff");
    const etag = page.headers.get("etag") ?? "";
    expect((await send("/docs/guides/", { "If-None-Match": etag })).status).toBe(304);
  });

  it("leads from a folder to its page", async () => {
    expect((await fetch(`${url}/docs`)).url).toBe(`${url}/docs/`);
    expect((await fetch(`${url}/docs/guides`)).url).toBe(`${url}/docs/guides/`);
  });

  it("has a page for what does not exist", async () => {
    const missing = await fetch(`${url}/docs/missing/`);
    expect([missing.status, await missing.text()]).toEqual([404, "<h1>No such page</h1>"]);
  });

  it.each(["/docs/../../etc/passwd", "/docs/%2e%2e/%2e%2e/etc/passwd", "/docs/..%2f..%2fetc/passwd"])(
    "contains only its folder, not %s",
    async (path) => {
      expect((await send(path, {})).status).toBeGreaterThanOrEqual(400);
    },
  );

  it("does not appear in the recorded requests", async () => {
    for (const path of ["/", "/docs/", "/docs/missing/"]) await fetch(url + path);
    expect((await call("GET", "/__sandbox/requests")).body).toEqual({ requests: [] });
  });
});

describe("a sandbox without documentation", () => {
  it("says so, and returns the 404 of the API", async () => {
    await using plain = await serveSandbox();
    expect(await (await fetch(`${plain.url}/__sandbox/site`)).json()).toEqual({ docs: null });
    expect((await plain.call("GET", "/docs/")).body).toMatchObject({ status: 404, code: 20404 });
  });

  it("does not start with a folder that contains none", async () => {
    await expect(serveSandbox({ docsFolder: tmpdir() })).rejects.toThrow("contains no documentation");
  });
});
