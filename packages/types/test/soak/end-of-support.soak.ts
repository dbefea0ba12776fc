import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const here = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

// If a test fails, ADR 33 says what to do.
describe("the generator and openapi-fetch, whose maintainer has ended support", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "end-of-support-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  const npm = (...args: string[]) => execFileSync("npm", args, { cwd: folder, encoding: "utf8" }).trim();

  it.each(["openapi-typescript", "openapi-fetch"])("are not deprecated on npm: %s", (name) => {
    expect(npm("view", name, "name", "deprecated", "--json")).toBe(JSON.stringify(name));
  });

  it("write types that the newest TypeScript compiles", () => {
    npm("install", "--prefix", folder, "--no-audit", "--no-fund", "typescript@latest");
    const files = readdirSync(here("compiles")).map((name) => here(`compiles/${name}`));
    const strict = "--strict --exactOptionalPropertyTypes --noUncheckedIndexedAccess --skipLibCheck false";
    const options = `--ignoreConfig --noEmit --module nodenext --target es2022 ${strict}`.split(" ");
    expect(npm("exec", "--prefix", folder, "--", "tsc", ...options, ...files)).toBe("");
  });
});
