import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { root } from "./turbo.ts";

it("prints the report as JSON, and nothing else", async () => {
  const { stdout } = await run("--format", "json").catch((error: { stdout: string }) => error);
  const report = JSON.parse(stdout);
  expect(report).toMatchObject({ needed: expect.any(String), wire: expect.any(String), types: expect.any(String) });
  expect(report.pending.map((pending: { package: string }) => pending.package)).toContain("@memory-api/server");
});

it("rejects a format that it does not have, and lists those that it has", async () => {
  await expect(run("--format", "html")).rejects.toThrow(
    "--format must be one of text, markdown, json, github, not html.",
  );
});

function run(...options: string[]) {
  return promisify(execFile)(process.execPath, [`${root}scripts/diff.ts`, ...options], { maxBuffer: 64 * 2 ** 20 });
}
