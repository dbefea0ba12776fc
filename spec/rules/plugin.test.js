import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import memoryApi from "./plugin.js";

const here = import.meta.dirname;
const { rules } = memoryApi();
const names = Object.keys(rules?.oas3 ?? {});

describe("the plugin", () => {
  it("has the rules that have a folder", () => {
    const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(names).toEqual(folders.map(({ name }) => name).sort());
  });

  it("has no rule that could run on a workflow", () => {
    expect(Object.keys(rules ?? {})).toEqual(["oas3"]);
  });
});

describe.each(names)("%s", (name) => {
  it("has a test, a fixture that passes and one that fails", () => {
    const isThere = (/** @type {string} */ file) => existsSync(join(here, name, file));
    expect(isThere("rule.test.js")).toBe(true);
    expect(isThere("pass.yaml") || isThere("pass/openapi.yaml")).toBe(true);
    expect(isThere("fail.yaml") || isThere("fail/openapi.yaml")).toBe(true);
  });

  it("is an error for the contract", () => {
    const config = parse(readFileSync(join(here, "../redocly.yaml"), "utf8"));
    expect(config.rules[`memory-api/${name}`]).toBe("error");
  });
});
