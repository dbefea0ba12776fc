import { toJson } from "../../connection/to-json.ts";
import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import type { AnyTraits, TraitsToWrite } from "../traits.ts";

/** An item as it is sent. */
export interface SerializedItem {
  readonly json: string;
  /** In UTF-8. */
  readonly bytes: number;
}

/** Traits as the schemas make them. */
export type TraitCheck = (traits: TraitsToWrite<AnyTraits>) => Promise<TraitsToWrite<AnyTraits>>;

/**
 * @param maxBytes what a request has room for
 * @throws {InvalidParameterError} if it alone is more than a request has room for, or is not to be said in JSON
 * @throws what the check throws
 */
export async function serializeItem(
  item: ProfileToWrite,
  check: TraitCheck,
  maxBytes: number,
): Promise<SerializedItem> {
  const json = toJson({ ...item, traits: await check(item.traits) });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > maxBytes) {
    throw new InvalidParameterError(
      "profiles",
      `an item of ${bytes} bytes of JSON; a request has room for ${maxBytes}`,
    );
  }
  return { json, bytes };
}
