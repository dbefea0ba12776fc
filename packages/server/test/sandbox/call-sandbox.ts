import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** A response, with everything that must be equal when two runs are compared. */
export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body of a JSON response; empty for any other response. */
  readonly body: Record<string, unknown>;
}

export type Call = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Response>;

/** Calls a sandbox with its credentials. A path that does not begin with `/` is relative to the profiles of the store. */
export function callOf({
  fetch: fetchFromSandbox,
  url,
  credentials,
  storeId,
}: Pick<Sandbox, "fetch" | "url" | "credentials"> & { readonly storeId: string }): Call {
  const { apiKey, apiSecret } = credentials;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`;
  return async (method, path, body, headers = {}) => {
    const relative = /^\w/.test(path) ? `/${path}` : path;
    const target = path.startsWith("/") ? path : `/v1/Stores/${storeId}/Profiles${relative}`;
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await fetchFromSandbox(new URL(target, url), {
      method,
      redirect: "manual",
      headers: { Authorization: authorization, ...json, ...headers },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      headers: Object.fromEntries(response.headers),
      text,
      body: text.startsWith("{") ? JSON.parse(text) : {},
    };
  };
}

/** The body of a create request. */
export const person = (email: string, more: Record<string, string> = {}) => ({
  traits: { Contact: { email, ...more } },
});

/** Creates an import and uploads its file. */
export async function importFile(sandbox: Sandbox, csv: string): Promise<{ importId: string; url: string }> {
  const { importId, url } = await createImport(sandbox, csv.length);
  await sandbox.fetch(url, { method: "PUT", headers: { "Content-Type": "text/csv" }, body: csv });
  return { importId, url };
}

export async function createImport(sandbox: Sandbox, fileSize: number): Promise<{ importId: string; url: string }> {
  const { body } = await callOf(sandbox)("POST", "Imports", { filename: "people.csv", fileSize, columnMappings });
  return { importId: String(body["importId"]), url: String(body["url"]) };
}

export const columnMappings = ["email", "firstName"].map((name) => ({
  columnName: name,
  traitGroup: "Contact",
  traitName: name,
}));
