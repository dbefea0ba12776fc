import { ApiPromise, type ApiResponse } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { serializeJson } from "../connection/json.ts";
import { CallTime } from "./call-time.ts";
import { checkedTraits, type WithSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitsToWrite } from "./traits.ts";

/** The traits of one customer. One at least must be promoted to an identifier. */
export interface ProfileToWrite<Traits = AnyTraits> {
  readonly traits: TraitsToWrite<Traits>;
}

/**
 * `createProfile` of the contract, after the schemas.
 *
 * @throws {InvalidTraitsError} if a schema refuses the traits; nothing is sent then
 * @throws {TimeLimitError} if they are not checked, and sent, in time
 */
export function createCheckedProfile(
  connection: Connection,
  storeId: string,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas,
): ApiPromise<"createProfile"> {
  return new ApiPromise("createProfile", created(connection, storeId, profile, options));
}

async function created(
  connection: Connection,
  storeId: string,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas,
): Promise<ApiResponse<"createProfile">> {
  const time = new CallTime(connection, "createProfile", options);
  const json = serializeJson({ traits: await checkedTraits(profile.traits, options.schemas, time) });
  return time.send((rest) =>
    callWithJson(connection, "createProfile", { path: { storeId } }, json, rest).withResponse(),
  );
}
