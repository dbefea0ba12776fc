import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createMemoryClient } from "@memory-api/client";
import { checkUsageManifest, createUsage } from "@memory-api/conformance/consumer";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { run } from "../support/run.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";

// What editors on Windows write, in a folder whose name needs quotes and escapes. These tests run on every operating system.
const BOM = "\uFEFF";
const crlf = (text: string) => text.replaceAll("\n", "\r\n");

let folder: string;
let server: ServerProcess;
beforeAll(async () => {
  folder = join(await mkdtemp(join(tmpdir(), "memory-api-")), "Ada Réyes #1 100%");
  await mkdir(folder);
  server = await startServerProcess(["--sandbox", "--config", await file("memory.yaml", `${BOM}logLevel: warn\n`)]);
});
afterAll(async () => {
  await server?.stop();
  await rm(join(folder, ".."), { recursive: true });
});

/** Writes a file with the line endings of Windows, and returns its path. */
async function file(name: string, text: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, crlf(text));
  return path;
}

describe("the command memory", () => {
  it.each([
    ["line endings of Windows", ""],
    ["line endings of Windows and a byte order mark", BOM],
  ])("imports a CSV file with %s", async (name, start) => {
    const email = `csv-${name.length}@example.com`;
    const path = await file(`${name}.csv`, `${start}email,first name\n${email},"Ada\nReyes"\n`);
    const printed = await memory(
      "import",
      path,
      "--map",
      "email=Contact.email",
      "--map",
      "first name=Contact.firstName",
    );
    expect(printed).toMatch(/^Import mem_import_\w+ is completed: all rows were applied\.\n$/);
    expect(await traitsOf(email)).toEqual({ Contact: { email, firstName: "Ada\r\nReyes" } });
  });

  it("sends the lines of a file with line endings of Windows", async () => {
    const line = (email: string) => `${JSON.stringify({ traits: { Contact: { email } } })}\n`;
    const path = await file("profiles.jsonl", line("one@example.com") + line("two@example.com"));
    expect(await memory("bulk", path)).toBe("2 profiles were accepted.\n");
    expect(await traitsOf("two@example.com")).toEqual({ Contact: { email: "two@example.com" } });
  });
});

describe("the command memory-conformance", () => {
  it("reads its files, and writes reports to a folder that does not exist", async () => {
    const report = join(folder, "new folder", "report.json");
    const trait = "Contact:\n  email: { dataType: STRING, idTypePromotion: email }\n";
    const expected = "- code: broken-json-accepted\n  reason: >\n    The parser is old.\n  since: 2026-01-31\n";
    const printed = await command("conformance", "memory-conformance", [
      ...[server.url, "--store", server.storeId, "--user", server.apiKey, "--only", "smoke", "--immediate"],
      ...["--traits", await file("traits.yaml", trait)],
      ...["--expected-failures", await file("expected.yaml", expected)],
      ...["--reporter", "terminal", "--reporter", `json=${report}`],
    ]);
    expect(printed).toMatch(/No violations found, [\d.]+ % of the contract covered\.\n$/);
    expect(JSON.parse(await readFile(report, "utf8"))).toMatchObject({ format: 1, verdict: { exitCode: 0 } });
  });
});

describe("a usage manifest with line endings of Windows", () => {
  it("is up to date, by its path or its URL", async () => {
    const usage = createUsage();
    const { profiles } = createMemoryClient({
      baseUrl: server.url,
      credentials: { apiKey: server.apiKey, apiSecret: server.apiSecret },
      fetch: usage.wrap(fetch),
    }).store(server.storeId);
    await profiles.create({ traits: { Contact: { email: "manifest@example.com" } } });
    const manifest = usage.manifest();
    usage.close();
    const path = await file("memory-usage.json", `${JSON.stringify(manifest, null, 2)}\n`);
    await checkUsageManifest(path, manifest, "check");
    await checkUsageManifest(pathToFileURL(path), manifest, "check");
    await checkUsageManifest(path, manifest, "update");
    expect(await readFile(path, "utf8")).toContain("\r\n");
  });
});

async function memory(...args: string[]): Promise<string> {
  return command("client", "memory", args);
}

/** Runs the command of a package with the credentials of the server. */
async function command(name: string, bin: string, args: string[]): Promise<string> {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`@memory-api/${name}/package.json`);
  const env = {
    MEMORY_BASE_URL: server.url,
    MEMORY_STORE_ID: server.storeId,
    MEMORY_PASSWORD: server.apiSecret,
    TWILIO_API_KEY: server.apiKey,
    TWILIO_API_SECRET: server.apiSecret,
  };
  return run(process.execPath, [join(manifest, "..", require(manifest).bin[bin]), ...args], { cwd: folder, env });
}

async function traitsOf(email: string): Promise<unknown> {
  const { url, apiKey, apiSecret, storeId } = server;
  const memory = createMemoryClient({ baseUrl: url, credentials: { apiKey, apiSecret } });
  const { profiles } = memory.store(storeId);
  const { id } = await profiles.create({ traits: { Contact: { email } } });
  return (await profiles.fetch(id)).traits;
}
