import { createRequire } from "node:module";
import type { OpenAPIV3_1 } from "openapi-types";
import { describe, expect, it } from "vitest";
import { generator, typesOf } from "../generator/openapi-typescript.ts";

type Schema = OpenAPIV3_1.SchemaObject & { "x-extensible-enum"?: boolean };

const operation = {
  operationId: "listProfiles",
  summary: "List profiles",
  description: "Returns a page.\n\nThe newest profile comes first.",
  responses: { "200": { description: "A page." } },
};
const documentOf = (get: typeof operation, schemas: Record<string, Schema> = {}): OpenAPIV3_1.Document => ({
  openapi: "3.1.0",
  info: { title: "Profiles", version: "1.0.0" },
  paths: {
    "/profiles": { get },
    "/imports": { get: { ...operation, operationId: "listImports", summary: "List imports" } },
  },
  components: { schemas },
});

/** Returns the type of a schema. */
async function typeOf(Tested: Schema): Promise<string | undefined> {
  return /^ {8}Tested: (.+);$/m.exec(await typesOf(documentOf(operation, { Tested })))?.[1];
}

it("names the generator and its version", () => {
  const { version } = createRequire(import.meta.url)("openapi-typescript/package.json");
  expect(generator).toMatchObject({ name: "openapi-typescript", version });
});

describe("the types of a document", () => {
  it("are its paths, its components and its operations, and nothing else", async () => {
    const types = await typesOf(documentOf(operation));
    expect(types.match(/^export .+/gm)).toEqual([
      "export interface paths {",
      "export interface components {",
      "export interface operations {",
    ]);
  });

  it("have the summary and the description above each operation", async () => {
    const types = await typesOf(documentOf(operation));
    const comment = (summary: string) => [
      "    /**",
      `     * ${summary}.`,
      "     *",
      "     * Returns a page.",
      "     *",
      "     * The newest profile comes first.",
      "     */",
    ];
    expect(types).toContain([...comment("List profiles"), "    listProfiles: {"].join("\n"));
    expect(types).toContain([...comment("List imports"), "    listImports: {"].join("\n"));
  });

  it("leave a property with a default optional", async () => {
    const Page: Schema = { type: "object", properties: { size: { type: "integer", default: 50 } } };
    expect(await typesOf(documentOf(operation, { Page }))).toMatch(/\bsize\?: number;/);
  });

  it("are rejected if there are no operations", async () => {
    await expect(typesOf({ ...documentOf(operation), paths: {} })).rejects.toThrow(
      "The generator declares no interface operations.",
    );
  });

  it("are rejected if an operation ID is not a valid identifier", async () => {
    await expect(typesOf(documentOf({ ...operation, operationId: "list-profiles" }))).rejects.toThrow(
      "The generator declares no operation list-profiles.",
    );
  });
});

describe("the type of a string", () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal type
  const profileId = "`mem_profile_${string}`";

  it.each<[string, Schema, string]>([
    ["a pattern with a prefix", { type: "string", pattern: "^mem_profile_[0-7]$" }, profileId],
    [
      "a pattern with alternative prefixes",
      { type: "string", pattern: "^mem_(store|service)_[0-7]$" },
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a template literal type
      "`mem_store_${string}` | `mem_service_${string}`",
    ],
    [
      "a pattern with a prefix, or null",
      { type: ["string", "null"], pattern: "^mem_profile_[0-7]$" },
      `(${profileId}) | null`,
    ],
    ["a pattern without a prefix", { type: "string", pattern: "^[a-z]+$" }, "string"],
    ["a pattern that also matches other strings", { type: "string", pattern: "^$|^mem_[0-7]$" }, "string"],
    ["a pattern with a prefix in upper case", { type: "string", pattern: "^MEM_[0-7]$" }, "string"],
    ["a closed enum", { type: "string", enum: ["A"], "x-extensible-enum": false }, '"A"'],
    ["an extensible enum", { type: "string", enum: ["A"], "x-extensible-enum": true }, "string"],
    [
      "an extensible enum with a pattern",
      { type: "string", enum: ["A"], pattern: "^[A-Z]$", "x-extensible-enum": true },
      "string",
    ],
  ])("with %s", async (_, schema, type) => {
    expect(await typeOf(schema)).toBe(type);
  });

  it.each<[string, Schema, string]>([
    ["an extensible enum of numbers", { type: "integer", enum: [1], "x-extensible-enum": true }, "1"],
    ["a number with a pattern", { type: "integer", pattern: "^mem_profile_[0-7]$" }, "number"],
    ["a schema without a type", { pattern: "^mem_profile_[0-7]$" }, "unknown"],
  ])("is not narrowed for %s", async (_, schema, type) => {
    expect(await typeOf(schema)).toBe(type);
  });
});
