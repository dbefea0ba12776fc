import { STATUS_CODES } from "node:http";
import { openapi } from "@memory-api/spec";
import converter from "openapi-to-postmanv2";
import { type Operation, operations, tags } from "../src/contract/operations.ts";

/** The parts of a Postman collection, version 2.1, that are changed here. */
interface Collection {
  readonly item: readonly { readonly item: readonly Item[] }[];
}

interface Item {
  readonly name: string;
  readonly request: Request;
  readonly response: readonly SavedResponse[];
}

interface Request {
  readonly url: { readonly host: readonly string[]; readonly path: readonly string[] };
  readonly body?: { readonly mode?: string; readonly raw?: string };
}

interface SavedResponse {
  readonly code: number;
  readonly originalRequest: Request;
}

/** The path parameters that are variables of the collection. */
const ID_VARIABLES = ["storeId", "profileId", "importId"];

/** What a request stores for the requests that follow, by operation ID. */
const TEST_SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  createProfile: ['if (pm.response.code === 202) pm.collectionVariables.set("profileId", pm.response.json().id);'],
  createProfilesImportV2: [
    "if (pm.response.code === 201) {",
    '  pm.collectionVariables.set("importId", pm.response.json().importId);',
    '  pm.collectionVariables.set("uploadUrl", pm.response.json().url);',
    "}",
  ],
};

/**
 * Returns the contract as a Postman collection, which Bruno and Insomnia import as well: a folder for each tag, and a request for each
 * operation with the first of its named examples. The same contract results in the same collection.
 *
 * @throws {Error} if the converter fails, or has no request for an operation
 */
export async function postmanCollection(): Promise<object> {
  const { item, ...collection } = tidied(await convert()) as Collection;
  const items = new Map(item.flatMap((folder) => folder.item).map((each) => [each.name, each]));
  return {
    ...collection,
    auth: {
      type: "basic",
      basic: [
        { key: "username", value: "{{apiKey}}", type: "string" },
        { key: "password", value: "{{apiSecret}}", type: "string" },
      ],
    },
    // The sandbox, so that no request of a newcomer writes to the live service.
    variable: [
      { key: "baseUrl", value: "http://127.0.0.1:4010" },
      { key: "storeId", value: "mem_store_00000000000000000000000000" },
      ...["apiKey", "apiSecret", "profileId", "importId", "uploadUrl"].map((key) => ({ key, value: "" })),
    ],
    item: tags.map((name) => ({
      name,
      item: operations
        .filter(({ tag }) => tag === name)
        .map((operation) => itemOf(operation, items.get(operation.summary))),
    })),
  };
}

function convert(): Promise<object> {
  const options = {
    folderStrategy: "Tags",
    parametersResolution: "Example",
    enableOptionalParameters: false,
    includeAuthInfoInExample: false,
  } as const;
  return new Promise((resolve, reject) => {
    converter.convertV2({ type: "json", data: structuredClone(openapi) }, options, (error, result) => {
      const [collection] = result?.output ?? [];
      if (collection) resolve(collection.data);
      else reject(new Error(`The contract cannot be converted for Postman: ${error?.message ?? result?.reason}`));
    });
  });
}

function itemOf(operation: Operation, item: Item | undefined): object {
  if (item === undefined) throw new Error(`The Postman collection has no request for ${operation.id}.`);
  const script = TEST_SCRIPTS[operation.id];
  return {
    name: item.name,
    // A merged profile redirects. A client that followed the redirect of a DELETE would delete another profile.
    protocolProfileBehavior: { followRedirects: false },
    ...(script && { event: [{ listen: "test", script: { type: "text/javascript", exec: script } }] }),
    request: {
      ...requestOf(operation, item.request),
      ...(!operation.isAuthenticated && { auth: { type: "noauth" } }),
    },
    response: item.response.map(({ originalRequest, ...response }) => ({
      ...response,
      name: `${response.code} ${STATUS_CODES[response.code]}`,
      status: STATUS_CODES[response.code],
      originalRequest: requestOf(operation, originalRequest),
    })),
  };
}

function requestOf({ id }: Operation, { url, body, ...request }: Request): object {
  return {
    ...request,
    // The URL of an upload is opaque: the response of the create request contains it. Bruno reads `raw`, which the converter omits.
    url:
      id === "uploadImportFile"
        ? { raw: "{{uploadUrl}}", host: ["{{uploadUrl}}"] }
        : { ...url, raw: [...url.host, ...url.path].join("/") },
    ...(body?.mode && { body: id === "createProfilesImportV2" ? { ...body, raw: withFileSize(body.raw) } : body }),
  };
}

/** The body that creates an import, with the size of the file that the collection uploads. */
function withFileSize(body = "{}"): string {
  const upload = operations.find(({ id }) => id === "uploadImportFile");
  const [file] = upload?.body?.contents.flatMap(({ examples }) => examples) ?? [];
  return JSON.stringify({ ...JSON.parse(body), fileSize: Buffer.byteLength(String(file?.value)) }, null, 2);
}

/** Removes random IDs and headers without a value, uses the variables for IDs, and lets Postman render Markdown. */
function tidied(value: unknown): unknown {
  if (Array.isArray(value)) return value.filter((entry) => entry?.value !== "").map(tidied);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "id" && key !== "_postman_id");
  const copy = Object.fromEntries(entries.map(([key, part]) => [key, tidied(part)]));
  const { key, type } = copy;
  return {
    ...copy,
    ...(ID_VARIABLES.some((name) => name === key) && { value: `{{${key}}}` }),
    ...(type === "text/plain" && { type: "text/markdown" }),
  };
}
