import { fileURLToPath } from "node:url";
import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { quickInfo } from "./quick-info.ts";

const quickInfoOf = (source: string) => quickInfo(fileURLToPath(new URL("consumer.ts", import.meta.url)), source);

const schemas = openapi.components?.schemas ?? {};

describe("the quick info of the types in an editor", () => {
  it.each([
    ["Profile", schemas["Profile"]?.description?.trim()],
    ["StoreId", `${schemas["StoreId"]?.description}\n\nBounds: pattern \`${schemas["StoreId"]?.pattern}\`.`],
    ["ImportStatus", schemas["ImportStatus"]?.description?.trim()],
    ["CreateProfileRequest", schemas["CreateProfileRequest"]?.description],
    ["FetchProfileResponse", "Body of a successful response of `fetchProfile` (200)."],
    [
      "FetchProfileError",
      "Body of an error response of `fetchProfile`, discriminated by `status`: 400, 401, 403, 404, 429",
    ],
    ["UploadImportFileRequest", "Request body of `uploadImportFile`."],
  ])("contains the documentation of the type %s", (name, text) => {
    expect(quickInfoOf(`import type { ‸${name} } from "@memory-api/types";`)).toContain(`\n${text}`);
  });

  it("contains the bounds, default and example of a type", () => {
    expect(quickInfoOf('import type { ‸PageSize } from "@memory-api/types";')).toMatch(
      /\n\nBounds: minimum `1`, maximum `1000`\.\n@default 50\n@example 50$/,
    );
  });

  it("contains the description of a query parameter, and the bounds and default of its schema", () => {
    const source = `import type { QueryOf } from "@memory-api/types";
      export const query: QueryOf<"listProfiles"> = { ‸pageSize: 50 };`;
    expect(quickInfoOf(source)).toMatch(
      /@description Maximum number .+\n\nBounds: minimum `1`, maximum `1000`\.\n@default 50$/s,
    );
  });

  it("contains the documentation of the schema that a property refers to", () => {
    const source = `import type { Profile } from "@memory-api/types";
      export const traitsOf = (profile: Profile) => profile.‸traits;`;
    const { description, maxProperties } = schemas["Traits"] ?? {};
    expect(quickInfoOf(source)).toContain(
      `\n@description ${description}\n\nBounds: maxProperties \`${maxProperties}\`.`,
    );
  });

  it("contains the summary and description of an operation in a mapped type", () => {
    const source = `import type { DocumentedOperations } from "@memory-api/types";
      type Calls = { [Id in keyof DocumentedOperations]: () => Id };
      export const call = (calls: Calls) => calls.‸createProfile();`;
    const { summary, description } = openapi.paths?.["/v1/Stores/{storeId}/Profiles"]?.post ?? {};
    expect(quickInfoOf(source)).toContain(`\n${summary}.\n\n${description?.trim()}`);
  });
});
