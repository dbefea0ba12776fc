import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { KINDS } from "../../src/verification/violation.ts";

it("The README describes each kind of violation as the command does", async () => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  for (const [kind, meaning] of Object.entries(KINDS)) expect(readme).toContain(`| \`${kind}\` | ${meaning} |\n`);
});
