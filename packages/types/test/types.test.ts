import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openapi } from "@memory-api/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { isOpenEnum } from "../generator/contract-names.ts";
import { diagnosticsOf } from "./diagnostics-of.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const compiles = readdirSync(here("compiles"));

describe("what must compile", () => {
  it.each(compiles)("%s compiles against our types", (name) => {
    expect(diagnosticsOf([here(`compiles/${name}`)])).toEqual([]);
  });

  describe("with a second generator, our way out should the first end", () => {
    let folder: string;

    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), "second-generator-"));
      const require = createRequire(import.meta.url);
      const redocly = require.resolve("@redocly/cli/bin/cli.js");
      const bundle = require.resolve("@memory-api/spec/openapi.yaml");
      const options = ["--output", join(folder, "client.ts"), "--output-mode", "split"];
      execFileSync(process.execPath, [redocly, "generate-client", bundle, ...options], {
        env: { ...process.env, REDOCLY_TELEMETRY: "off" },
      });
    });

    afterAll(() => rmSync(folder, { recursive: true }));

    it.each(compiles)("%s compiles too", (name) => {
      const schemas = join(folder, "client.schemas.ts");
      expect(diagnosticsOf([here(`compiles/${name}`)], { paths: { "@memory-api/types": [schemas] } })).toEqual([]);
    });

    // ADR 33 relies on it.
    it("writes the same type for each schema, except IDs and open enums", () => {
      const ours = 'import type { components } from "@memory-api/types/openapi";\n';
      const schemas = Object.entries(openapi.components?.schemas ?? {});
      const precise = schemas.filter(([, schema]) => schema.pattern?.startsWith("^mem_") || isOpenEnum(schema));
      let source = readFileSync(join(folder, "client.schemas.ts"), "utf8");
      for (const [name] of precise)
        source = source.replace(
          new RegExp(`^export type ${name} = .*;$`, "m"),
          `type ${name} = components["schemas"]["${name}"];`,
        );
      const checks = schemas.map(
        ([name]) => `export const same${name}: Same<${name}, components["schemas"]["${name}"]> = true;`,
      );
      const same =
        "type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : never;\n";
      const file = join(folder, "same.ts");
      writeFileSync(file, ours + source + same + checks.join("\n"));
      const paths = { "@memory-api/types/openapi": [here("../src/generated/openapi.ts")] };
      expect(diagnosticsOf([file], { paths })).toEqual([]);
    });
  });
});

describe("what must be refused", () => {
  const file = here("refuses/misuse.test-d.ts");
  const lines = readFileSync(file, "utf8").split("\n");
  const marks = lines.flatMap((text, index) => {
    const reason = /\/\/ @ts-expect-error (.+)/.exec(text)?.[1];
    return reason === undefined ? [] : [{ reason, line: index + 2 }];
  });
  const refused = diagnosticsOf([file], { source: (text) => text.replaceAll("@ts-expect-error", "") });

  it.each(marks)("$reason", ({ line }) => {
    expect(refused.map((diagnostic) => diagnostic.line)).toContain(line);
  });

  it("is refused for nothing else", () => {
    expect(new Set(refused.map(({ line }) => line))).toEqual(new Set(marks.map(({ line }) => line)));
  });
});
