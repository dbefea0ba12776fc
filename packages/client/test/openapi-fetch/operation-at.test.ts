import { expect, it, vi } from "vitest";
import { operationAt } from "../../src/openapi-fetch/operation-at.ts";

// The contract has no two paths with the same number of templates that match the same URL. These are such paths.
vi.mock(import("@memory-api/types"), async (importOriginal) => {
  const types = await importOriginal();
  const { fetchProfile, fetchProfileImportV2 } = types.operations;
  const fetchTraits = { ...fetchProfile, path: `${fetchProfile.path}/Traits` };
  return { ...types, operations: Object.assign({ fetchTraits, fetchProfile, fetchProfileImportV2 }, types.operations) };
});

const profiles = "/v1/Stores/mem_store_00000000000000000000000000/Profiles";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";

it("finds the operation of a path next to a literal one", () => {
  expect(operationAt("GET", `${profiles}/${profileId}/Traits`)).toMatchObject({ pathParameters: { profileId } });
  expect(operationAt("GET", `${profiles}/Imports/${importId}`)).toMatchObject({ pathParameters: { importId } });
});

it("prefers a literal to a template at the first segment that differs", () => {
  expect(() => operationAt("GET", `${profiles}/Imports/Traits`)).toThrow("importId");
});
