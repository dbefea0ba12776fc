import { execFile } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cli, outcomeOf, startMemory } from "./memory.ts";

/** More than fits the buffer of a pipe. */
const ids = Array.from({ length: 100_000 }, (_, index) => `mem_profile_${String(index).padStart(26, "0")}`);
const server = createServer((_, response) => {
  response.setHeader("Content-Type", "application/json");
  response.end(JSON.stringify({ profiles: ids, meta: { key: "profiles", pageSize: ids.length } }));
});
beforeAll(() => new Promise<void>((listening) => void server.listen(0, "127.0.0.1", listening)));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function listProfiles(...options: string[]) {
  const { port } = server.address() as AddressInfo;
  const environment = {
    MEMORY_BASE_URL: `http://127.0.0.1:${port}`,
    MEMORY_STORE_ID: "mem_store_00000000000000000000000000",
    TWILIO_API_KEY: "SKkey",
    TWILIO_API_SECRET: "s3cret",
  };
  return startMemory(["profile", "list", ...options], { environment });
}

describe("output that cannot be written", () => {
  it("is reported in one line", async ({ skip }) => {
    skip(!existsSync("/dev/full"), "this system has no /dev/full");
    const run = promisify(execFile)("sh", ["-c", '"$0" "$1" --help > /dev/full', process.execPath, cli]);
    await expect(run).rejects.toMatchObject({
      code: 1,
      stderr: "memory: The result could not be written: ENOSPC: no space left on device, write\n",
    });
  });
});

describe("output that nobody reads", () => {
  it.for([
    ["SIGTERM", 143, []],
    ["SIGINT", 130, []],
    ["SIGTERM", 143, ["--json"]],
  ] as const)("does not keep a process that %s ends with %i, %j", async ([signal, exitCode, options], { skip }) => {
    skip(process.platform === "win32", "Windows has no signals");
    const child = listProfiles(...options);
    let stderr = "";
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    const exited = once(child, "exit");
    await once(child.stdout, "readable");
    child.kill(signal);
    expect(await exited).toEqual([exitCode, null]);
    await expect.poll(() => stderr).toContain("Interrupted.");
  });

  it("is complete once it is read", async () => {
    const { code, stdout } = await outcomeOf(listProfiles());
    expect([code, stdout]).toEqual([0, ids.map((id) => `${id}\n`).join("")]);
  });
});
