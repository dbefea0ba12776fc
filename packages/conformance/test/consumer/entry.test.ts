import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const entry = new URL("../../src/consumer/index.ts", import.meta.url);

/** Prints the URL of every module that the entry loads. */
const script = `
  import { registerHooks } from "node:module";
  registerHooks({
    load(url, context, next) {
      console.log(url);
      return next(url, context);
    },
  });
  const { createUsage } = await import(${JSON.stringify(entry.href)});
  createUsage().close();`;

describe("the entry for consumers", () => {
  it("loads neither fast-check nor the part of the kit that tests implementations", () => {
    const options = ["--input-type=module", "--eval", script];
    const cwd = fileURLToPath(new URL("../..", import.meta.url));
    const loaded = execFileSync(process.execPath, options, { cwd, encoding: "utf8" }).trim().split("\n");
    expect(loaded).toContain(entry.href);
    expect(
      loaded.filter((url) => /fast-check|json-schema-arbitrary|\/src\/(phases|run|scenarios)\//.test(url)),
    ).toEqual([]);
  });
});
