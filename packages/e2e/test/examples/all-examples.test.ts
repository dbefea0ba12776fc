import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = new URL("../../../../", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), "utf8");
const examples = globSync("examples/*/package.json", { cwd: fileURLToPath(root) })
  .map((manifest) => dirname(manifest).replace(/^examples\W/, ""))
  // A package of this workspace, whose tests are those of the documentation.
  .filter((name) => name !== "samples");
const readme = read("README.md");

describe.each(examples)("the %s example", (name) => {
  it("has a test", () => {
    const test = name === "node-consumer" ? "consumer.test.ts" : `examples/${name}.test.ts`;
    expect(existsSync(new URL(`packages/e2e/test/${test}`, root)), test).toBe(true);
  });

  it("has a README of at most one screen, which the README of the repository links to", () => {
    expect(read(`examples/${name}/README.md`).trim().split("\n").length).toBeLessThanOrEqual(45);
    expect(readme).toContain(`](examples/${name})`);
  });
});
