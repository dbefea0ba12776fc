import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const fixture = fileURLToPath(new URL("./fixtures/delayed-request.ts", import.meta.url));

describe("a process with a delayed request to a sandbox", () => {
  it.each(["close", "abort"])("exits without waiting for the request after %s", async (ending) => {
    // The timeout is shorter than the delay of the request.
    const { stdout } = await promisify(execFile)(process.execPath, [fixture, ending], { timeout: 50_000 });
    expect(stdout).toBe("ended\n");
  });
});
