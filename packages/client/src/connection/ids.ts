import { type ImportId, type ProfileId, patterns, type StoreId } from "@memory-api/types";

/**
 * Whether a value, such as one from the environment or a form, looks like the ID of a store.
 *
 * @example
 * const given: unknown = "mem_store_00000000000000000000000000";
 * if (isStoreId(given)) console.log(`${given} can be asked for.`);
 */
export function isStoreId(value: unknown): value is StoreId {
  return typeof value === "string" && patterns.StoreId.test(value);
}

/**
 * Whether a value, such as one from the environment or a form, looks like the ID of a profile.
 *
 * @example
 * const given: unknown = "mem_profile_00000000000000000000000000";
 * if (isProfileId(given)) console.log(`${given} can be asked for.`);
 */
export function isProfileId(value: unknown): value is ProfileId {
  return typeof value === "string" && patterns.ProfileId.test(value);
}

/**
 * Whether a value, such as one from the environment or a form, looks like the ID of an import.
 *
 * @example
 * const given: unknown = "mem_import_00000000000000000000000000";
 * if (isImportId(given)) console.log(`${given} can be asked for.`);
 */
export function isImportId(value: unknown): value is ImportId {
  return typeof value === "string" && patterns.ImportId.test(value);
}
