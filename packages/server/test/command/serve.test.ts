import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { freePort } from "../postgres/postgres-for-tests.ts";
import { memoryServer, outcomeOf, untilReady } from "./memory-server.ts";

const PROFILES = "/v1/Stores/mem_store_00000000000000000000000000/Profiles";

/** Starts a server on a free port, with its own data folder and ready file. */
async function started(options: readonly string[] = [], environment: NodeJS.ProcessEnv = {}) {
  const folder = await temporaryFolder();
  const readyFile = join(folder, "ready.json");
  const own = ["--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
  const child = memoryServer([...own, ...options], { environment });
  const printed = await untilReady(child);
  const ready = JSON.parse(await readFile(readyFile, "utf8"));
  return { child, folder, printed, readyFile, ...ready };
}

const unreadyFor = (seconds: number) => ({ MEMORY_CONFIGURATION: `timeouts: { unreadySeconds: ${seconds} }` });

const authorization = ({ apiKey, apiSecret }: { apiKey: string; apiSecret: string }) => ({
  Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}`,
});

describe("memory-server", () => {
  it("prints its URL and the path of its credentials, but no credentials in a log", async () => {
    const { folder, apiSecret, printed, url } = await started();
    expect(printed).toMatch(/^The Memory API listens on http:\/\/127\.0\.0\.1:\d+$/m);
    expect(printed).toContain(url);
    const file = /^Credentials: (.*)$/m.exec(printed)?.[1] ?? "";
    expect(file).toBe(join(folder, "data", "credential.json"));
    expect(JSON.parse(await readFile(file, "utf8"))).toMatchObject({ apiSecret });
    expect(printed).not.toContain(apiSecret);
  });

  it("prints only its log to standard printed", async () => {
    const folder = await temporaryFolder();
    const readyFile = join(folder, "ready.json");
    const child = memoryServer(["--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile]);
    const outcome = outcomeOf(child);
    await expect.poll(() => existsSync(readyFile)).toBe(true);
    child.kill("SIGTERM");
    const { printed, complaint } = await outcome;
    const logged = printed.trimEnd().split("\n");
    expect(logged.map((line) => JSON.parse(line)).slice(-2)).toMatchObject([{ msg: "stopping" }, { msg: "stopped" }]);
    expect(complaint).toMatch(/^The Memory API listens on /m);
  });

  it("serves documentation as a sandbox, and leads from the error codes of this project to its pages", async () => {
    const docs = await temporaryFolder();
    await writeFile(join(docs, "content-security-policy.txt"), "default-src 'none'");
    await writeFile(join(docs, "index.html"), "<h1>Documentation</h1>");
    const port = String(await freePort());
    const { printed, url, ...credential } = await started(["--sandbox", "--docs", docs, "--port", port]);
    expect(printed).toContain(`Documentation: ${url}/docs/`);
    expect(await (await fetch(`${url}/docs/`)).text()).toBe("<h1>Documentation</h1>");
    const notAllowed = await fetch(url + PROFILES, { method: "PUT", headers: authorization(credential) });
    expect(await notAllowed.json()).toMatchObject({ code: 20405, more_info: `${url}/docs/reference/errors/20405` });
  });

  it("serves documentation only as a sandbox", async () => {
    const { code, complaint } = await outcomeOf(memoryServer(["--docs", "site"]));
    expect([code, complaint]).toEqual([1, expect.stringContaining("--docs needs --sandbox")]);
  });

  it("prints the environment variables of a client if it is a sandbox", async () => {
    const { printed, url, storeId, apiKey, apiSecret } = await started(["--sandbox"]);
    const line = /^export .*$/m.exec(printed)?.[0];
    const { stdout } = await promisify(execFile)("sh", ["-c", `${line}; env`]);
    const environment = stdout.split("\n");
    expect(environment).toContain(`MEMORY_BASE_URL=${url}`);
    expect(environment).toContain(`MEMORY_STORE_ID=${storeId}`);
    expect(environment).toContain(`TWILIO_API_KEY=${apiKey}`);
    expect(environment).toContain(`TWILIO_API_SECRET=${apiSecret}`);
  });

  it("prints a curl command that works if it is a sandbox", async () => {
    const { printed } = await started(["--sandbox"]);
    expect(printed).toMatch(/^A sandbox of the Memory API listens on /m);
    const line = /^curl .*$/m.exec(printed)?.[0];
    const { stdout } = await promisify(execFile)("sh", ["-c", `${line} --silent --write-out '\n%{http_code}'`]);
    const [body, status] = stdout.split("\n");
    expect(status).toBe("202");
    expect(JSON.parse(`${body}`)).toMatchObject({ id: expect.stringMatching(/^mem_profile_/) });
  });

  it("creates a ready file that only its user can read, and removes it when it exits", async () => {
    const { child, readyFile, ...ready } = await started();
    expect((await stat(readyFile)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(readyFile, "utf8"))).toEqual({
      url: ready.url,
      storeId: "mem_store_00000000000000000000000000",
      apiKey: ready.apiKey,
      apiSecret: ready.apiSecret,
    });
    expect((await fetch(ready.url + PROFILES, { headers: authorization(ready) })).status).toBe(200);

    child.kill("SIGTERM");
    await once(child, "exit");
    expect(existsSync(readyFile)).toBe(false);
  });

  it("keeps its credential when it is restarted", async () => {
    const first = await started();
    first.child.kill("SIGTERM");
    await once(first.child, "exit");
    const again = memoryServer(["--port", "0", "--data", join(first.folder, "data"), "--ready-file", first.readyFile]);
    await untilReady(again);
    const { url } = JSON.parse(await readFile(first.readyFile, "utf8"));
    expect((await fetch(url + PROFILES, { headers: authorization(first) })).status).toBe(200);
  });

  it.each(["SIGINT", "SIGTERM"] as const)("stops at %s and releases its port", async (signal) => {
    const { child, url } = await started();
    child.kill(signal);
    expect(await once(child, "exit")).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  });

  it("is not ready after SIGTERM, but accepts requests during unreadySeconds", async () => {
    const { child, url, ...credential } = await started([], unreadyFor(3600));
    child.kill("SIGTERM");
    await expect.poll(async () => (await fetch(`${url}/health/ready`)).status).toBe(503);
    const listing = request(url + PROFILES, { agent: false, headers: authorization(credential) }).end();
    const [response] = await once(listing, "response");
    expect(response.statusCode).toBe(200);
  });

  it("stops after unreadySeconds", async () => {
    const { child } = await started([], unreadyFor(0.1));
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("completes the requests in progress before it stops, even after several signals", async () => {
    const { child, url, ...credential } = await started();
    const body = JSON.stringify({ traits: { Contact: { email: "ada.reyes@example.com" } } });
    const creation = request(url + PROFILES, {
      method: "POST",
      headers: {
        ...authorization(credential),
        "Content-Type": "application/json",
        "Content-Length": body.length,
        Expect: "100-continue",
      },
    });
    creation.flushHeaders();
    await once(creation, "continue");
    child.kill("SIGTERM");
    await expect.poll(() => fetch(url).catch(() => "refused")).toBe("refused");
    child.kill("SIGTERM");
    creation.end(body);
    const [response] = await once(creation, "response");
    expect(response.statusCode).toBe(202);
    expect(JSON.parse(await text(response))).toMatchObject({ id: expect.any(String) });
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("reports a port that is in use immediately, and removes an old ready file", async () => {
    const { url } = await started();
    const folder = await temporaryFolder();
    const readyFile = join(folder, "ready.json");
    await writeFile(readyFile, "{}");
    const { port } = new URL(url);
    const second = memoryServer(["--port", port, "--data", folder, "--ready-file", readyFile], {
      environment: unreadyFor(3600),
    });
    const { code, printed, complaint } = await outcomeOf(second);
    expect(code).toBe(1);
    expect(printed).not.toContain("listens on");
    expect(complaint).toMatch(new RegExp(`^memory-server: Cannot listen on 127.0.0.1, port ${port} .*\\n$`));
    expect(existsSync(readyFile)).toBe(false);
  });

  it("does not start if the folder of its ready file does not exist", async () => {
    const folder = await temporaryFolder();
    const options = ["--port", "0", "--data", join(folder, "data"), "--ready-file", join(folder, "none", "ready.json")];
    expect(await outcomeOf(memoryServer(options))).toEqual({
      code: 1,
      printed: "",
      complaint: `memory-server: --ready-file: cannot write to the folder ${join(folder, "none")} (ENOENT). Create it, or specify another folder.\n`,
    });
  });

  it("stops if it cannot write its ready file", async () => {
    const folder = await temporaryFolder();
    const tooLong = join(folder, "r".repeat(250));
    const child = memoryServer(["--port", "0", "--data", join(folder, "data"), "--ready-file", tooLong]);
    const { code, complaint } = await outcomeOf(child);
    expect([code, complaint]).toEqual([1, expect.stringMatching(/^memory-server: ENAMETOOLONG: .*\n$/)]);
  });

  it("ignores HOST, which some shells set", async () => {
    const environment = { HOST: "nowhere.invalid", PORT: "0", MEMORY_DATA: await temporaryFolder() };
    expect(await untilReady(memoryServer([], { environment }))).toContain("listens on http://127.0.0.1:");
  });

  it("starts a sandbox beyond the loopback interface only if that is allowed", async () => {
    const folder = await temporaryFolder();
    const environment = { MEMORY_HOST: "0.0.0.0", PORT: "0", MEMORY_DATA: folder, MEMORY_CONFIGURATION: "sandbox: {}" };
    expect(await outcomeOf(memoryServer([], { environment }))).toEqual({
      code: 1,
      printed: "",
      complaint: expect.stringMatching(
        /^memory-server: Anyone who can reach a sandbox on 0\.0\.0\.0 .* --allow-public-sandbox\.\n$/,
      ),
    });
    expect(await untilReady(memoryServer(["--allow-public-sandbox"], { environment }))).toContain("A sandbox");
  });

  it("prints no credential if the configuration defines the accounts", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "secret"), "hunter2\n");
    const config = join(folder, "memory.yaml");
    await writeFile(
      config,
      `accounts: [{ sid: AC${"1".repeat(32)}, credentials: [{ username: SK1, secretFile: secret }] }]`,
    );
    const { printed, url, storeId, ...ready } = await started(["--sandbox", "--config", config]);
    expect(printed).not.toContain("Credentials:");
    expect(printed).not.toContain("curl");
    expect(ready).not.toHaveProperty("apiKey");
    const headers = authorization({ apiKey: "SK1", apiSecret: "hunter2" });
    expect((await fetch(`${url}/v1/Stores/${storeId}/Profiles`, { headers })).status).toBe(200);
  });

  it.each([
    [
      ["--nope"],
      /^memory-server: Unknown option '--nope'\. memory-server has the options --config, --host, .*\. Run memory-server --help\.\n$/,
    ],
    [
      ["nope"],
      /^memory-server: Unknown command "nope"\. The commands are init, check, hash, migrate, imports, stores, backup, restore and verify\. .* Run memory-server --help\.\n$/,
    ],
    [
      ["check", "--port", "1"],
      /^memory-server: Unknown option '--port'\. memory-server check has the options --config, --connect\. Run memory-server --help\.\n$/,
    ],
    [
      ["init", "--force"],
      /^memory-server: Unknown option '--force'\. memory-server init has no options\. Run memory-server --help\.\n$/,
    ],
    [
      ["migrate", "nope"],
      /^memory-server: Unexpected argument 'nope'\. memory-server migrate has the options --config, --distribute, --shard-count\. .*\n$/,
    ],
    [["--port"], /^memory-server: Option '--port <value>' argument missing\. memory-server has the options .*\n$/],
    [["--port", "web"], /^memory-server: The configuration is invalid\.\n--port: must be integer\n$/],
    [
      ["--config", "none.yaml"],
      /^memory-server: The configuration is invalid\.\nnone\.yaml: cannot be read \(ENOENT\)\n$/,
    ],
  ])("rejects %j", async (options, complaint) => {
    const outcome = await outcomeOf(memoryServer(options, { cwd: await temporaryFolder() }));
    expect(outcome).toEqual({ code: 1, printed: "", complaint: expect.stringMatching(complaint) });
  });

  it.each([["--help"], ["-h"], ["--sandbox", "-h"], ["init", "--help"], ["check", "-h"]])(
    "prints its help for %s %s",
    async (...args) => {
      const cwd = await temporaryFolder();
      const { code, printed, complaint } = await outcomeOf(memoryServer(args, { cwd }));
      expect([code, complaint]).toEqual([0, ""]);
      expect(printed).toMatch(/^Usage: memory-server/);
      expect(await readdir(cwd)).toEqual([]);
    },
  );

  it("prints its version", async () => {
    const { version } = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
    expect(await outcomeOf(memoryServer(["--version"]))).toEqual({ code: 0, printed: `${version}\n`, complaint: "" });
  });

  it("describes each of its options in the help", async () => {
    const { complaint } = await outcomeOf(memoryServer(["--nope"]));
    const options = complaint.match(/(?<= )--[\w-]+(?=,|\. Run)/g) ?? [];
    expect(options).toContain("--ready-file");
    const { printed } = await outcomeOf(memoryServer(["--help"]));
    for (const option of options) expect(printed).toMatch(new RegExp(`^  ${option} `, "m"));
  });
});
