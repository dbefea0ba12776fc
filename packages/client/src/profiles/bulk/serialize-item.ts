import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import { checkedTraits } from "../schemas/checked-traits.ts";
import type { WithSchemas } from "../schemas/trait-schemas.ts";

/** An item as it is sent. */
export interface SerializedItem {
  readonly json: string;
  /** In UTF-8. */
  readonly bytes: number;
}

/**
 * @param maxBytes what a request has room for
 * @throws {InvalidTraitsError} if a schema refuses it
 * @throws {InvalidParameterError} if it alone is more than a request has room for
 */
export async function serializeItem(
  item: ProfileToWrite,
  { schemas }: WithSchemas,
  maxBytes: number,
): Promise<SerializedItem> {
  const json = JSON.stringify({ ...item, traits: await checkedTraits(item.traits, schemas) });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > maxBytes) {
    throw new InvalidParameterError(
      "profiles",
      `an item of ${bytes} bytes of JSON; a request has room for ${maxBytes}`,
    );
  }
  return { json, bytes };
}
