import createClient from "openapi-fetch";

/** Sends a request and gives back the answer. The platform's `fetch` is one. */
export type Fetch = (request: Request) => Promise<Response>;

/** A body that needs no more work. */
export type Bytes = string | Uint8Array<ArrayBuffer> | Blob;

type Method = "get" | "put" | "post" | "patch" | "delete";

/** A request of the contract, before it is one of HTTP. */
export interface ContractRequest {
  readonly baseUrl: string;
  readonly method: Uppercase<Method>;
  /** A path template of the contract, or a path that has no parameters left. */
  readonly path: string;
  readonly pathParameters?: Record<string, string>;
  readonly query?: Record<string, unknown> | undefined;
  readonly headers: Record<string, string>;
  readonly body?: Bytes | undefined;
}

/** An answer. The body is text, or JSON where it is no success and can be read so. */
export interface ContractAnswer {
  readonly response: Response;
  readonly body: unknown;
}

/** Any path, any method: which there are is known to the callers, from the contract. */
interface AnyPath {
  [path: string]: {
    [Each in Method]: {
      parameters: { path?: Record<string, string>; query?: Record<string, unknown> };
      requestBody?: { content: { "*/*": unknown } };
      responses: { 200: { content: { "*/*": unknown } } };
    };
  };
}

/**
 * The seam to openapi-fetch, and the only module that knows it. Redirects are not followed, so that credentials go nowhere
 * else and a merged profile is not taken for a live one.
 */
export async function sendRequest(request: ContractRequest, fetch: Fetch): Promise<ContractAnswer> {
  const { baseUrl, method, path, pathParameters = {}, query = {}, headers, body } = request;
  const { data, error, response } = await createClient<AnyPath>({ baseUrl, fetch })[method](path, {
    params: { path: pathParameters, query },
    headers,
    body,
    bodySerializer: (bytes: unknown) => bytes,
    parseAs: "text",
    redirect: "manual",
  });
  return { response, body: response.ok ? data : error };
}
