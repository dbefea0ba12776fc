import { type ImportId, type ProfileId, patterns, type StoreId } from "@memory-api/types";

/**
 * The type of an argument that is an ID: any `string`, which is checked when it is sent, but neither the ID of something else nor a
 * string literal without the right prefix.
 *
 * @typeParam Id the type of the ID
 * @typeParam Given the type of the argument, inferred from it
 */
export type IdArgument<Id extends string, Given extends string> = Given extends Id
  ? Given
  : Given extends StoreId | ProfileId | ImportId
    ? Id
    : Given extends Literal<Given>
      ? Id
      : Given;

/** The type itself if it is a union of literals, else `never`: an empty object lacks a property of the name of each literal. */
type Literal<Given extends string> = Record<never, never> extends Record<Given, unknown> ? never : Given;

/**
 * Whether a value has the form of a store ID.
 *
 * @example
 * const given: unknown = "mem_store_00000000000000000000000000";
 * if (isStoreId(given)) console.log(`${given} is a store ID.`);
 */
export function isStoreId(value: unknown): value is StoreId {
  return typeof value === "string" && patterns.StoreId.test(value);
}

/**
 * Whether a value has the form of a profile ID.
 *
 * @example
 * const given: unknown = "mem_profile_00000000000000000000000000";
 * if (isProfileId(given)) console.log(`${given} is a profile ID.`);
 */
export function isProfileId(value: unknown): value is ProfileId {
  return typeof value === "string" && patterns.ProfileId.test(value);
}

/**
 * Whether a value has the form of an import ID.
 *
 * @example
 * const given: unknown = "mem_import_00000000000000000000000000";
 * if (isImportId(given)) console.log(`${given} is an import ID.`);
 */
export function isImportId(value: unknown): value is ImportId {
  return typeof value === "string" && patterns.ImportId.test(value);
}
