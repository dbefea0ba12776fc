import { describe, expect, it } from "vitest";
import { ConfigurationError } from "../../src/configuration/configuration-error.ts";
import { parseYaml } from "../../src/configuration/parse-yaml.ts";
import { parseYamlInThread } from "../../src/configuration/parse-yaml-in-thread.ts";

describe("the thread that parses a configuration", () => {
  it("returns the same as the parser, with the names of built-in properties", async () => {
    const text = "stores: [{ traitGroups: { __proto__: { traits: { constructor: { dataType: STRING } } } } }]";
    const parsed = await parseYamlInThread("memory.yaml", text);
    expect(JSON.stringify(parsed)).toBe(JSON.stringify(parseYaml("memory.yaml", text)));
    expect(JSON.stringify(parsed)).toContain('"__proto__"');
  });

  it("reports the place of a mistake", async () => {
    const mistake = { path: "memory.yaml:2:1", reason: "is not valid YAML (duplicate key)" };
    const parsing = parseYamlInThread("memory.yaml", "port: 1\nport: 2");
    await expect(parsing).rejects.toThrow(new ConfigurationError([mistake]));
    await expect(parsing).rejects.toBeInstanceOf(ConfigurationError);
  });
});
