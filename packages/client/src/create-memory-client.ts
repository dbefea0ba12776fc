import { operations as contract, baseUrl as defaultBaseUrl, type OperationId } from "@memory-api/types";
import { checkedPath, checkedUploadUrl } from "./checked-parameters.ts";
import { basicAuthorization, type Credentials } from "./credentials.ts";
import { MemoryApiError } from "./memory-api-error.ts";
import { type ContractAnswer, type ContractRequest, type Fetch, sendRequest } from "./openapi-fetch.ts";
import type { Operations, UploadArguments } from "./operations.ts";

type JsonOperationId = Exclude<OperationId, "uploadImportFile">;

/** The arguments of any operation, once its types have done their work. */
interface Given {
  path: Record<string, string>;
  query?: Record<string, unknown> | undefined;
  body?: unknown;
}

/** How a client reaches the API. */
export interface MemoryClientOptions {
  /** Sent with every call but the upload, as HTTP Basic. */
  credentials: Credentials;
  /**
   * Where the API is, without a slash at the end.
   * @default the server of the contract, the live service
   */
  baseUrl?: string | undefined;
  /**
   * Sends the requests.
   * @default globalThis.fetch
   */
  fetch?: Fetch | undefined;
}

/** A client of the Memory API. */
export interface MemoryClient {
  /** The operations of the contract, each under its ID. */
  readonly operations: Operations;
}

/**
 * A client of the Memory API. Making one sends nothing. Where no answer comes to a call, as of a network that is down, the
 * call is rejected with the error of `fetch` itself.
 *
 * @throws {InvalidParameterError} at a call, if a path parameter is not what the contract allows
 * @throws {MemoryApiError} at a call, if the answer is no success, or a success whose body is not the JSON that it should be
 *
 * @example
 * const memory = createMemoryClient({ credentials: { apiKey: "SK…", apiSecret: "…" } });
 * const { id } = await memory.operations.createProfile({
 *   path: { storeId: "mem_store_00000000000000000000000000" },
 *   body: { traits: { Contact: { email: "ada.reyes@example.com" } } },
 * });
 */
export function createMemoryClient({
  credentials,
  baseUrl = defaultBaseUrl,
  fetch,
}: MemoryClientOptions): MemoryClient {
  const authorization = basicAuthorization(credentials);
  const send = async (id: OperationId, request: ContractRequest) =>
    bodyOf(id, await sendRequest(request, fetch ?? globalThis.fetch));

  function call<Id extends JsonOperationId>(id: Id): Operations[Id];
  function call(id: JsonOperationId) {
    const { method, path, mediaType } = contract[id];
    return async ({ path: pathParameters, query, body }: Given) =>
      send(id, {
        baseUrl: baseUrl.replace(/\/+$/, ""),
        method,
        path,
        pathParameters: checkedPath(id, pathParameters),
        query,
        headers: { Authorization: authorization, ...(mediaType !== null && { "Content-Type": mediaType }) },
        body: JSON.stringify(body),
      });
  }

  async function uploadImportFile({ url, body }: UploadArguments): Promise<undefined> {
    const { method, mediaType } = contract.uploadImportFile;
    const { origin, pathname, search } = checkedUploadUrl(url);
    const headers = { "Content-Type": mediaType };
    await send("uploadImportFile", { baseUrl: origin, method, path: pathname + search, headers, body });
  }

  return {
    operations: {
      createProfile: call("createProfile"),
      createProfilesImportV2: call("createProfilesImportV2"),
      deleteProfile: call("deleteProfile"),
      fetchProfile: call("fetchProfile"),
      fetchProfileImportV2: call("fetchProfileImportV2"),
      listProfileImportsV2: call("listProfileImportsV2"),
      listProfiles: call("listProfiles"),
      patchProfileTraits: call("patchProfileTraits"),
      updateProfilesBulk: call("updateProfilesBulk"),
      uploadImportFile,
    },
  };
}

/** @throws {MemoryApiError} if the answer is no success, or a success whose body is not the JSON that it should be */
function bodyOf(operationId: OperationId, { response, body: sent }: ContractAnswer): unknown {
  const { status, headers, ok } = response;
  const body = sent === "" ? undefined : sent;
  if (ok && operationId === "uploadImportFile") return undefined;
  try {
    if (ok && typeof body === "string") return JSON.parse(body);
  } catch {
    // A success that cannot be read is thrown below, like any other answer that is not what it should be.
  }
  throw new MemoryApiError({ operationId, status, headers, body });
}
