import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const longImport = fileURLToPath(new URL("fixtures/long-import.ts", import.meta.url));
const grownTo = async (...given: string[]) =>
  Number((await promisify(execFile)(process.execPath, [longImport, ...given])).stdout);

describe("the young generation of the command", () => {
  it("grows far less than it would unbounded", async () => {
    const [bounded, unbounded] = await Promise.all([grownTo("--bounded"), grownTo()]);
    expect(bounded).toBeLessThan(unbounded);
    // The observer may come one collection late.
    expect(bounded).toBeLessThanOrEqual(32);
  });
});
