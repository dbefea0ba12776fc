import createClient from "openapi-fetch";
import type { FetchResponse } from "./fetch.ts";

type Method = "get" | "put" | "post" | "patch" | "delete";

/** Where a request goes. */
export interface Target {
  readonly baseUrl: string;
  readonly method: Uppercase<Method>;
  /** A path template of the contract, or a path that has no parameters left. */
  readonly path: string;
  readonly pathParameters?: Record<string, string> | undefined;
  readonly query?: Record<string, unknown> | undefined;
}

/** An answer that was read. */
export interface ReadAnswer {
  readonly response: FetchResponse;
  /** Text, or JSON where it is no success and can be read so; `undefined` or `""` where it is empty. */
  readonly body: unknown;
}

/** Any path, any method: which there are is known to the callers, from the contract. */
interface AnyPath {
  [path: string]: {
    [Each in Method]: {
      parameters: { path?: Record<string, string>; query?: Record<string, unknown> };
      responses: { 200: { content: { "*/*": unknown } } };
    };
  };
}

/** The platform's Request costs more than all else that a call does here. Method, headers and body are with whoever sends. */
class Destination {
  readonly url: string;
  readonly method: string;

  constructor(url: string, { method }: { method: string }) {
    this.url = url;
    this.method = method;
  }
}

// The library asks for the platform's classes and uses of them what is here: the one place where it is told otherwise.
const client = createClient<AnyPath>({ Request: Destination as unknown as typeof Request, fetch: unused });

/**
 * The seam to openapi-fetch, and the only module that knows it. It makes the URL and reads the answer.
 *
 * @param send sends to a URL
 */
export async function exchange(
  { baseUrl, method, path, pathParameters = {}, query = {} }: Target,
  send: (url: string) => Promise<FetchResponse>,
): Promise<ReadAnswer> {
  const { data, error, response } = await client.request(lowerCase(method), path, {
    baseUrl,
    params: { path: pathParameters, query },
    parseAs: "text",
    fetch: ({ url }) => send(url) as Promise<Response>,
  });
  return { response, body: response.ok ? data : error };
}

function lowerCase(method: Uppercase<Method>): Method {
  return method.toLowerCase() as Method;
}

function unused(): never {
  throw new Error("Every call brings its own fetch.");
}
