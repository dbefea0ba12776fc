import { ApiPromise, type ApiResponse } from "../connection/api-promise.ts";
import { callWithJson } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { serializeJson } from "../connection/json.ts";
import { CallDeadline } from "./call-deadline.ts";
import { checkedTraits, type WithSchemas } from "./trait-schemas.ts";
import type { AnyTraits, TraitsToWrite } from "./traits.ts";

/** The traits of one customer. At least one trait must be promoted to an identifier. */
export interface ProfileToWrite<Traits = AnyTraits> {
  readonly traits: TraitsToWrite<Traits>;
}

/**
 * Checks traits with the schemas, and calls `createProfile` with them.
 *
 * @throws {InvalidTraitsError} if a schema rejects the traits; nothing is sent
 * @throws {TimeLimitError} if the traits are not checked and accepted before the deadline
 */
export function createCheckedProfile(
  connection: Connection,
  storeId: string,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas,
): ApiPromise<"createProfile"> {
  return new ApiPromise("createProfile", checkAndCreate(connection, storeId, profile, options));
}

async function checkAndCreate(
  connection: Connection,
  storeId: string,
  profile: ProfileToWrite,
  options: CallOptions & WithSchemas,
): Promise<ApiResponse<"createProfile">> {
  const deadline = new CallDeadline(connection, "createProfile", options);
  const json = serializeJson({ traits: await checkedTraits(profile.traits, options.schemas, deadline) });
  return deadline.send((callOptions) =>
    callWithJson(connection, "createProfile", { path: { storeId } }, json, callOptions).withResponse(),
  );
}
