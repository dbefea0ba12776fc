import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { openapi, operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { operationFunctions, operationTable } from "../generator/operation-functions.ts";

const generator = fileURLToPath(new URL("../generator/generate.ts", import.meta.url));

describe("a new operation of the contract", () => {
  const extended = structuredClone(openapi);
  const profile = extended.paths?.["/v1/Stores/{storeId}/Profiles/{profileId}"];
  const get = profile?.get;
  if (profile === undefined || get === undefined) throw new Error("The contract has no fetchProfile.");
  profile.put = { ...get, operationId: "replaceProfile", summary: "Replace a profile" };

  it("gets a function with its documentation and an example, and a place in the table", () => {
    const source = operationFunctions(extended);
    expect(source).toContain(" * Replace a profile.\n");
    expect(source).toContain(
      " * const { id, createdAt, traits } = await replaceProfile(connection, { path: { storeId, profileId } });\n",
    );
    expect(source).toContain(
      'export function replaceProfile<Path extends UncheckedPath<"replaceProfile">>(\n' +
        '  connection: Connection,\n  given: OperationArguments<"replaceProfile", Path>,',
    );
    expect(operationTable(extended)).toContain('    replaceProfile: bound("replaceProfile"),\n');
  });

  it("documents that a merged profile rejects, if it does", () => {
    const [, ofReplace = ""] = operationFunctions(extended).split(" * Replace a profile.");
    expect(ofReplace).toContain("@throws {ProfileMovedError}");
    const moving = operationsOf(openapi).filter(
      ({ operation: { responses = {} } }) => "301" in responses || "308" in responses,
    );
    expect(operationFunctions(openapi).match(/@throws \{ProfileMovedError\}/g)).toHaveLength(moving.length);
  });
});

describe("the source of an operation", () => {
  /** Returns the source for a contract with this operation only. */
  function sourceOf(operation: OpenAPIV3_1.OperationObject, pathItem: OpenAPIV3_1.PathItemObject = {}) {
    const put = { operationId: "replace", summary: "Replace it", responses: { 200: returning({}) }, ...operation };
    return operationFunctions({ ...openapi, paths: { "/v1/It": Object.assign({}, pathItem, { put }) } });
  }
  const json = (schema: OpenAPIV3_1.SchemaObject) => ({ "application/json": { schema } });
  const returning = (schema: OpenAPIV3_1.SchemaObject) => ({ description: "It.", content: json(schema) });
  const taking = (example: unknown) => ({ requestBody: { content: json({ examples: [example] }) } });

  it("stays in its comment if a description or an example contains the end of one", () => {
    const source = sourceOf({ description: "Takes */*.", ...taking({ accept: "*/*" }) });
    expect(source).toContain(" * Takes *\\/*.\n");
    expect(source).toContain('body: { accept: "*\\/*" }');
    expect(source.match(/\*\//g)).toHaveLength(1);
  });

  it("passes the path parameters of the path and of the operation, and no others", () => {
    const named = (name: string, place: string) => ({ name, in: place });
    const pathItem = { parameters: [{ $ref: "#/components/parameters/StoreId" }, named("X-Trace", "header")] };
    const parameters = [named("id", "path"), named("pageSize", "query"), named("storeId", "path")];
    expect(sourceOf({ parameters }, pathItem)).toContain("path: { storeId, id }");
  });

  it("quotes the keys of an example that are not identifiers", () => {
    const source = sourceOf(taking({ "first-name": "Ada", 2: [], $set: { a1_b: null } }));
    expect(source).toContain('body: { "2": [], "first-name": "Ada", $set: { a1_b: null } }');
  });

  it("is deprecated with its operation, with the dates and the replacement", () => {
    const announcement = { since: "2026-12-01", sunset: "2027-12-01", replacement: "patch" };
    const operation = { deprecated: true, "x-deprecation": announcement };
    expect(sourceOf(operation)).toContain(
      " * @deprecated Since 2026-12-01. Supported until 2027-12-01. Use `patch` instead.\n * @throws",
    );
    expect(sourceOf({})).not.toContain("@deprecated");
  });

  it("ends the summary with one full stop", () => {
    expect(sourceOf({ summary: "Replace it." })).toContain(" * Replace it.\n");
  });

  it("is not generated for a request body without an example", () => {
    const requestBody = { content: json({ type: "object" }) };
    expect(() => sourceOf({ requestBody })).toThrow('replace: Add "examples" to the schema of the request body.');
  });

  it.each([
    ["a response without JSON", { responses: { 200: { description: "A file.", content: { "text/csv": {} } } } }],
    ["a response without a body", { responses: { 204: { description: "Nothing." } } }],
    ["a request body that is not JSON", { requestBody: { content: { "text/csv": {} } } }],
  ])("is not generated for %s", (_, operation) => {
    expect(() => sourceOf(operation)).toThrow(/^replace: .+ by hand in src\/operations/);
  });

  it("follows references to responses", () => {
    const responses = { 200: { $ref: "#/components/responses/Replaced" } };
    const components = { ...openapi.components, responses: { Replaced: returning({ required: ["id"] }) } };
    const put = { operationId: "replace", summary: "Replace it", responses };
    expect(operationFunctions({ ...openapi, components, paths: { "/v1/It": { put } } })).toContain("const { id } =");
  });

  it("is not generated if a reference leads nowhere", () => {
    expect(() => sourceOf({ responses: { 200: { $ref: "#/components/responses/Missing" } } })).toThrow(
      "#/components/responses/Missing is not in the contract.",
    );
  });
});

describe("generate --check", () => {
  let folder: string;
  const generate = (...options: string[]) => promisify(execFile)(process.execPath, [generator, ...options, folder]);

  // Not our own src/generated: the task `check` tests whether that is stale.
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "generated-"));
    await generate();
  });
  afterEach(() => rm(folder, { recursive: true }));

  it("passes if the files match the contract", async () => {
    await expect(generate("--check")).resolves.toMatchObject({
      stdout: "The generated operations match the contract.\n",
    });
  });

  it("fails if a function is missing, and names the file and the command", async () => {
    const file = join(folder, "bound-operations.ts");
    const generated = await readFile(file, "utf8");
    await writeFile(file, generated.replace('    listProfiles: bound("listProfiles"),\n', ""));
    await expect(generate("--check")).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/bound-operations\.ts\nRun: npx -y pnpm@12 generate\n$/),
    });
    await generate();
    expect(await readFile(file, "utf8")).toBe(generated);
  });
});
