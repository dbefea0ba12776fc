import { openapi } from "@memory-api/spec";
import { bounds, enums, operations, patterns } from "@memory-api/types";
import { describe, expect, it } from "vitest";

describe("operations", () => {
  it("are those of the contract", () => {
    const inContract = Object.entries(openapi.paths ?? {}).flatMap(([path, item]) =>
      Object.entries(item ?? {}).flatMap(([method, operation]) =>
        "operationId" in Object(operation) ? [`${method.toUpperCase()} ${path}`] : [],
      ),
    );
    expect(Object.values(operations).map(({ method, path }) => `${method} ${path}`)).toEqual(inContract);
  });

  it("may be repeated, but for the creation of an import", () => {
    const once = Object.values(operations).filter(({ repeatable }) => !repeatable);
    expect(once.map(({ id }) => id)).toEqual(["createProfilesImportV2"]);
  });

  it("name the pattern of each path parameter", () => {
    expect(operations.fetchProfile.pathParameters).toEqual({ storeId: "StoreId", profileId: "ProfileId" });
    expect(operations.uploadImportFile).toMatchObject({ authenticated: false, mediaType: "text/csv" });
  });
});

describe("patterns", () => {
  it.each([
    ["mem_store_00000000000000000000000000", true],
    ["mem_service_7zzzzzzzzzzzzzzzzzzzzzzzzz", true],
    ["mem_store_80000000000000000000000000", false],
    ["mem_profile_00000000000000000000000000", false],
    ["mem_store_0000000000000000000000000", false],
  ])("StoreId takes %s: %s", (id, taken) => {
    expect(patterns.StoreId.test(id)).toBe(taken);
  });
});

describe("enums and bounds", () => {
  it("are those of the contract", () => {
    expect(enums.ImportStatus).toEqual(openapi.components?.schemas?.ImportStatus?.enum);
    expect(bounds.PageSize).toEqual({ minimum: 1, maximum: 1000, default: 50 });
    expect(bounds.UpdateProfilesBulkRequest.profiles).toEqual({ minItems: 1, maxItems: 1000 });
  });
});
