import { describe, expect, expectTypeOf, it } from "vitest";
import type { ColumnMapping, ErrorBody, ImportId, Profile, ProfileId, StoreId, Traits } from "../src/index.ts";
import {
  createMemoryClient,
  fetchProfile,
  isImportId,
  isInvalidParameterError,
  isProfileId,
  isStoreId,
  listProfileIds,
  resumeImport,
  runImport,
  waitForProfile,
} from "../src/index.ts";

const memory = createMemoryClient({
  baseUrl: "http://127.0.0.1:1",
  credentials: { apiKey: "key", apiSecret: "secret" },
  retry: false,
});
const { connection, operations } = memory;
const storeId: StoreId = "mem_store_00000000000000000000000000";
const profileId: ProfileId = "mem_profile_00000000000000000000000000";
const importId: ImportId = "mem_import_00000000000000000000000000";
const { profiles, imports } = memory.store(storeId);

const ids = { isStoreId: storeId, isProfileId: profileId, isImportId: importId };

describe.each([
  ["isStoreId", isStoreId],
  ["isProfileId", isProfileId],
  ["isImportId", isImportId],
] as const)("%s", (name, guard) => {
  it("is true for an ID of its kind, and false for other IDs, other strings and other values", () => {
    for (const [kind, id] of Object.entries(ids)) expect(guard(id)).toBe(kind === name);
    expect(guard(`${ids[name]}0`)).toBe(false);
    for (const other of [undefined, null, 7, [ids[name]], { toString: () => ids[name] }])
      expect(guard(other)).toBe(false);
  });
});

describe("an ID", () => {
  it("may be any string, such as one from the environment", async () => {
    const given: string = process.env["MEMORY_PROFILE_ID"] ?? profileId;
    const anyStore: string = storeId;
    const branded = given as string & { readonly table: "profiles" };
    for (const call of [
      memory.store(anyStore).profiles.fetch(given),
      profiles.patch(branded, { traits: {} }),
      profiles.delete(given),
      profiles.waitFor(given),
      imports.fetch(String(importId)),
      operations.fetchProfile({ path: { storeId: anyStore, profileId: given } }),
      fetchProfile(connection, { path: { storeId, profileId: given } }),
      waitForProfile(connection, anyStore, given),
      listProfileIds(connection, anyStore).toArray({ limit: 1 }),
      imports.resume(String(importId)),
    ]) {
      await expect(Promise.resolve(call)).rejects.toMatchObject({ name: "ConnectionError" });
    }
  });

  it("that does not match is rejected before anything is sent", async () => {
    const given: string = "mem_profile_../Bulk";
    for (const [call, parameter] of [
      [profiles.fetch(given), "profileId"],
      [memory.store("..".repeat(2)).profiles.fetch(profileId), "storeId"],
      [imports.resume(given), "importId"],
      [resumeImport(connection, given, importId), "storeId"],
    ] as const) {
      const error = await Promise.resolve(call).catch((thrown: unknown) => thrown);
      expect(isInvalidParameterError(error) && error.parameter).toBe(parameter);
    }
  });

  it("of another kind is a type error", () => {
    const wrong = () => {
      // @ts-expect-error: a profile ID
      memory.store(profileId);
      // @ts-expect-error: a store ID
      profiles.fetch(storeId);
      // @ts-expect-error: an import ID
      profiles.patch(importId, { traits: {} });
      // @ts-expect-error: a store ID
      profiles.delete(storeId);
      // @ts-expect-error: a store ID
      profiles.waitFor(storeId);
      // @ts-expect-error: a profile ID
      imports.fetch(profileId);
      // @ts-expect-error: a profile ID
      imports.resume(profileId);
      // @ts-expect-error: the IDs are swapped
      operations.fetchProfile({ path: { storeId: profileId, profileId: storeId } });
      // @ts-expect-error: the IDs are swapped
      fetchProfile(connection, { path: { storeId: profileId, profileId: storeId } });
      // @ts-expect-error: the IDs are swapped
      waitForProfile(connection, profileId, storeId);
      // @ts-expect-error: a profile ID
      listProfileIds(connection, profileId);
      // @ts-expect-error: a profile ID
      runImport(connection, profileId, "contacts.csv", { mapping: {} });
      // @ts-expect-error: a literal that does not match
      memory.store("mem_profile_00000000000000000000000000");
      // @ts-expect-error: a literal that does not match
      memory.store("shop");
      // @ts-expect-error: it may be undefined
      memory.store(process.env["MEMORY_STORE_ID"]);
    };
    expect(wrong).toBeTypeOf("function");
  });
});

it("the schemas of the contract are exported by name", () => {
  expectTypeOf<Profile["id"]>().toEqualTypeOf<ProfileId>();
  expectTypeOf<ErrorBody["code"]>().toEqualTypeOf<number>();
  expectTypeOf<ColumnMapping>().toHaveProperty("traitGroup");
  expectTypeOf<Profile["traits"]>().toEqualTypeOf<Traits>();
});
