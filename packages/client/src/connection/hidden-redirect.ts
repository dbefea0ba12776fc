import type { ProfileId } from "@memory-api/types";
import { ConnectionError } from "../errors/connection-error.ts";
import type { AttemptContext } from "./client-options.ts";
import type { Connection } from "./connection.ts";
import { connectionErrorDetails } from "./connection-error-details.ts";
import type { ContractRequest } from "./contract-request.ts";
import { isProfileId } from "./ids.ts";
import { jsonOf } from "./json-of.ts";
import { transmit } from "./transmit.ts";

/**
 * A browser hides where a redirect leads. It follows that of a read, and keeps credentials from other origins; the profile that it
 * then finds is the canonical one.
 *
 * @throws {ConnectionError} if it finds none
 */
export async function profileIdBehind(
  connection: Connection,
  request: ContractRequest,
  context: AttemptContext,
  signal: AbortSignal,
): Promise<ProfileId> {
  const read = { ...request, method: "GET", body: undefined } as const;
  const response = await transmit(connection, read, { redirect: "follow", signal }, context);
  const body = await response.text();
  const { id }: { id?: unknown } = Object(response.ok && jsonOf(body));
  if (isProfileId(id)) return id;
  throw new ConnectionError(
    connectionErrorDetails(new Error("a hidden redirect that leads to no profile"), context, read),
  );
}
