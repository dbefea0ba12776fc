import { readFile } from "node:fs/promises";
import type { StoreId } from "@memory-api/types";
import { type Connection, createConnection } from "../connection/connection.ts";
import { type Credentials, environmentCredentials } from "../connection/credentials.ts";
import { isInvalidParameterError } from "../errors/invalid-parameter-error.ts";
import { version } from "../generated/version.ts";
import type { Options } from "./arguments.ts";
import { UsageError } from "./errors.ts";
import { parseJson } from "./io/input.ts";
import { checkedId } from "./option-values.ts";

/** The store that a command works on. */
export interface Store {
  readonly connection: Connection;
  readonly storeId: StoreId;
  /** Where the credentials come from, without the credentials. */
  readonly credentialsFrom: string;
  /** What to check if the API rejects the credentials. */
  readonly credentialsAdvice: string;
}

/** The file that memory-server writes when it is ready. It contains no credentials if the server was configured with its own. */
interface ReadyFile {
  readonly url: string;
  readonly storeId: string;
  readonly apiKey?: string | undefined;
  readonly apiSecret?: string | undefined;
}

/**
 * Opens the store that the options name; if they name none, that of the ready file, or that of the environment. Sends nothing.
 *
 * @throws {UsageError} if the store, its ready file, the URL of the API or the credentials are missing or invalid
 */
export async function openStore(options: Options): Promise<Store> {
  const path = options["ready-file"];
  const readyFile = path === undefined ? undefined : await readReadyFile(path);
  const storeId = storeIdFrom(options.store, readyFile);
  const { apiKey, apiSecret } = readyFile ?? {};
  if (apiKey && apiSecret) {
    const connection = connect(options, readyFile, { apiKey, apiSecret });
    const credentialsAdvice = `Check that the server that wrote it is the one at ${connection.baseUrl}.`;
    return { storeId, connection, credentialsFrom: `the ready file ${path}`, credentialsAdvice };
  }
  const credentials = credentialsFromEnvironment();
  const connection = connect(options, readyFile, credentials);
  const names =
    "apiKey" in credentials ? ["TWILIO_API_KEY", "TWILIO_API_SECRET"] : ["TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN"];
  const credentialsAdvice = `Check that the two belong together and are valid for ${connection.baseUrl}.`;
  return { storeId, connection, credentialsFrom: names.join(" and "), credentialsAdvice };
}

/** @throws {UsageError} if the URL of the API is invalid */
function connect(options: Options, readyFile: ReadyFile | undefined, credentials: Credentials): Connection {
  const option = options["base-url"];
  try {
    return createConnection({ baseUrl: option ?? readyFile?.url, credentials, userAgent: `memory-cli/${version}` });
  } catch (error) {
    if (!isInvalidParameterError(error) || error.parameter !== "baseUrl") throw error;
    const source = option === undefined ? (readyFile ? "url of the ready file" : "MEMORY_BASE_URL") : "--base-url";
    throw new UsageError(`${error.message.replace("baseUrl:", source)}.`);
  }
}

function storeIdFrom(option: string | undefined, readyFile: ReadyFile | undefined): StoreId {
  if (option !== undefined) return checkedId("StoreId", option, "--store");
  if (readyFile !== undefined) return checkedId("StoreId", readyFile.storeId, "storeId of the ready file");
  const variable = process.env["MEMORY_STORE_ID"];
  if (variable) return checkedId("StoreId", variable, "MEMORY_STORE_ID");
  throw new UsageError("The store is missing: use --store <storeId>, or set MEMORY_STORE_ID.");
}

function credentialsFromEnvironment(): Credentials {
  try {
    return environmentCredentials();
  } catch {
    throw new UsageError(
      "Credentials are missing: set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or use --ready-file <file>.",
    );
  }
}

/** @throws {UsageError} without any content of the file, which contains a secret */
async function readReadyFile(path: string): Promise<ReadyFile> {
  const json = await readFile(path, "utf8").catch(({ code }) => {
    throw new UsageError(
      `--ready-file: ${path} cannot be read (${code}). memory-server writes it, and deletes it when it stops.`,
    );
  });
  const content = parseJson(json);
  if (isReadyFile(content)) return content;
  throw new UsageError(
    `--ready-file: ${path} is not a ready file of memory-server, which is JSON with url and storeId.`,
  );
}

function isReadyFile(content: unknown): content is ReadyFile {
  const { url, storeId, apiKey = "", apiSecret = "" } = Object(content);
  return [url, storeId, apiKey, apiSecret].every((value) => typeof value === "string");
}
