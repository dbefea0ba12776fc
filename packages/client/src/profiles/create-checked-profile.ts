import type { StoreId } from "@memory-api/types";
import { type Answered, ApiPromise } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { checkedTraits } from "./schemas/checked-traits.ts";
import type { WithSchemas } from "./schemas/trait-schemas.ts";
import type { AnyTraits, TraitsToWrite, TraitTypes } from "./traits.ts";

/** The traits of one customer. One at least must be promoted to an identifier. */
export interface ProfileToWrite<Traits = AnyTraits> {
  readonly traits: TraitsToWrite<Traits>;
}

/**
 * Creates a profile, or finds the one that the traits belong to and adds them.
 *
 * @throws {InvalidTraitsError} if a schema refuses the traits; nothing is sent then
 * @throws {MemoryApiError} if the answer is no success
 *
 * @example
 * const traits = { Contact: { email: "ada.reyes@example.com" } };
 * const { id } = await createCheckedProfile(connection, storeId, { traits }, { schemas: { Contact: contactSchema } });
 */
export function createCheckedProfile<Traits extends TraitTypes<Traits> = AnyTraits>(
  connection: Connection,
  storeId: StoreId,
  profile: ProfileToWrite<Traits>,
  options?: CallOptions & WithSchemas<Traits>,
): ApiPromise<"createProfile">;
export function createCheckedProfile(
  connection: Connection,
  storeId: StoreId,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas = {},
): ApiPromise<"createProfile"> {
  return new ApiPromise("createProfile", created(connection, storeId, profile, options));
}

async function created(
  connection: Connection,
  storeId: StoreId,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas,
): Promise<Answered<"createProfile">> {
  const traits = await checkedTraits(profile.traits, options.schemas);
  return callWithJson(
    connection,
    "createProfile",
    { path: { storeId } },
    JSON.stringify({ traits }),
    options,
  ).withResponse();
}
