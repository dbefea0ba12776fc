import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** An answer, with all that is told apart when two runs are compared. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Of JSON; for a look at what is expected there. */
  readonly body: Record<string, unknown>;
}

export type Call = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Calls a sandbox with its credentials. A path that begins with `/` stands for itself, any other for what is below the profiles. */
export function callOf({
  fetch: toSandbox,
  url,
  credentials,
  storeId,
}: Pick<Sandbox, "fetch" | "url" | "credentials"> & { readonly storeId: string }): Call {
  const { apiKey, apiSecret } = credentials;
  const authorization = `Basic ${Buffer.from(`${apiKey}:${apiSecret}`).toString("base64")}`;
  return async (method, path, body, headers = {}) => {
    const below = /^\w/.test(path) ? `/${path}` : path;
    const target = path.startsWith("/") ? path : `/v1/Stores/${storeId}/Profiles${below}`;
    const json = body === undefined ? {} : { "Content-Type": "application/json" };
    const response = await toSandbox(new URL(target, url), {
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

/** A body of a create. */
export const person = (email: string, more: Record<string, string> = {}) => ({
  traits: { Contact: { email, ...more } },
});

/** Creates an import of a file and uploads it; the answers to both. */
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
