import { cp, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openapi } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractNames } from "../generator/contract-names.ts";
import { typesOf } from "../generator/openapi-typescript.ts";
import { withDocumentation } from "../generator/with-documentation.ts";

const sources = fileURLToPath(new URL("../src", import.meta.url));
const announced = (replacement: string | null) => ({
  deprecated: true,
  "x-deprecation": { since: "2026-12-01", sunset: "2027-12-01", replacement },
});

const program = `import type {
  DocumentedOperations,
  ListProfilesError,
  Profile,
  ProfileImport,
  QueryOf,
  TraitGroupName,
} from "./index.ts";

export const orderBy = (query: NonNullable<QueryOf<"listProfiles">>) => query.orderBy ?? query.pageSize;
export const createdAt = (profile: Profile) => profile.createdAt;
export const traits = (profile: Profile) => profile.traits;
export const status = (found: ProfileImport) => found.status;
export const ids = (operations: DocumentedOperations) => [operations.listProfiles, operations.fetchProfile];
export type All = [ListProfilesError, TraitGroupName];
`;

describe("an editor shows what is deprecated in the contract", () => {
  let folder: string;
  let deprecated: readonly string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "deprecated-"));
    await cp(sources, folder, { recursive: true });
    const documented = withDocumentation(contractWithDeprecations());
    await writeFile(join(folder, "generated/openapi.ts"), await typesOf(documented));
    await writeFile(join(folder, "generated/names.ts"), contractNames(documented));
    await writeFile(join(folder, "program.ts"), program);
    deprecated = deprecatedNamesIn(join(folder, "program.ts"));
  }, 60_000);
  afterAll(() => rm(folder, { recursive: true }));

  it("operations, parameters, properties, schemas and the types named after them", () => {
    expect([...new Set(deprecated)].sort()).toEqual([
      "ListProfilesError: Since 2026-12-01. Supported until 2027-12-01. Use `fetchProfile` instead.",
      "TraitGroupName: Since 2026-12-01. Supported until 2027-12-01. Nothing replaces it.",
      "createdAt: Since 2026-12-01. Supported until 2027-12-01. Use `traits` instead.",
      "listProfiles: Since 2026-12-01. Supported until 2027-12-01. Use `fetchProfile` instead.",
      "orderBy: Since 2026-12-01. Supported until 2027-12-01. Use `pageToken` instead.",
      "status: Since 2026-12-01. Supported until 2027-12-01. Use `fetchProfile` instead.",
    ]);
  });
});

function contractWithDeprecations(): OpenAPIV3_1.Document {
  const document = structuredClone(openapi);
  const { schemas = {}, parameters = {} } = document.components ?? {};
  const list = document.paths?.["/v1/Stores/{storeId}/Profiles"]?.get;
  Object.assign(Object(list), announced("fetchProfile"));
  Object.assign(Object(parameters["OrderBy"]), announced("pageToken"));
  Object.assign(Object(schemas["TraitGroupName"]), announced(null));
  Object.assign(Object(schemas["Profile"]?.properties?.["createdAt"]), announced("traits"));
  Object.assign(Object(schemas["ProfileImport"]?.properties?.["status"]), announced("fetchProfile"));
  return document;
}

/** Returns the names in a file that an editor strikes through, each with the text of its tag. */
function deprecatedNamesIn(file: string): string[] {
  const options = {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2022,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  };
  const service = ts.createLanguageService({
    getCompilationSettings: () => options,
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (name) => {
      const text = ts.sys.readFile(name);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => "/",
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  expect(service.getSemanticDiagnostics(file).map(({ messageText }) => messageText)).toEqual([]);
  return service
    .getSuggestionDiagnostics(file)
    .filter(({ reportsDeprecated }) => reportsDeprecated !== undefined)
    .map(({ start, length }) => {
      const tags = service.getQuickInfoAtPosition(file, start)?.tags ?? [];
      const text = tags.find(({ name }) => name === "deprecated")?.text ?? [];
      const name = ts.sys.readFile(file)?.slice(start, start + length);
      return `${name}: ${text.map((part) => part.text).join("")}`;
    });
}
