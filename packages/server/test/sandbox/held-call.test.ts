import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const fixture = fileURLToPath(new URL("./fixtures/held-call.ts", import.meta.url));

describe("a process whose call to a sandbox is held up", () => {
  it.each(["close", "abort"])("ends without waiting on, after %s", async (ending) => {
    // It would be stopped, and so fail, long before the fault lets the call through.
    const { stdout } = await promisify(execFile)(process.execPath, [fixture, ending], { timeout: 50_000 });
    expect(stdout).toBe("ended\n");
  });
});
