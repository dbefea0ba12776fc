import type { StoreId } from "@memory-api/types";
import { type Connection, createConnection } from "../../connection/connection.ts";
import { type Credentials, environmentCredentials } from "../../connection/credentials.ts";
import { checkedId } from "../arguments/checked-id.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { type ReadyFile, readReadyFile } from "./ready-file.ts";
import type { SharedValues } from "./shared-options.ts";

/** Where a command does what it does. */
export interface OpenedStore {
  readonly connection: Connection;
  readonly storeId: StoreId;
}

/**
 * The store that is meant: by options, else by the ready file, else by the environment. Sends nothing.
 *
 * @throws {UsageError} if it is not said which, or there are no credentials
 */
export async function openStore(given: SharedValues): Promise<OpenedStore> {
  const readyFile = given["ready-file"] === undefined ? undefined : await readReadyFile(given["ready-file"]);
  const storeId = storeIdOf(given.store, readyFile);
  const baseUrl = given["base-url"] ?? readyFile?.url;
  return { storeId, connection: createConnection({ baseUrl, credentials: credentialsOf(readyFile) }) };
}

function storeIdOf(option: string | undefined, readyFile: ReadyFile | undefined): StoreId {
  if (option !== undefined) return checkedId("StoreId", option, "--store");
  if (readyFile !== undefined) return checkedId("StoreId", readyFile.storeId, "storeId of the ready file");
  const variable = process.env["MEMORY_STORE_ID"];
  if (variable) return checkedId("StoreId", variable, "MEMORY_STORE_ID");
  throw new UsageError("The store is missing: give --store <id>, or set MEMORY_STORE_ID.");
}

function credentialsOf(readyFile: ReadyFile | undefined): Credentials {
  const { apiKey, apiSecret } = readyFile ?? {};
  if (apiKey && apiSecret) return { apiKey, apiSecret };
  try {
    return environmentCredentials();
  } catch {
    throw new UsageError(
      "Credentials are missing: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or give --ready-file <path>.",
    );
  }
}
