/** Where a request goes. */
export interface Target {
  readonly baseUrl: string;
  readonly method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE";
  /** A path template of the contract, or a path without parameters. */
  readonly path: string;
  readonly pathParameters?: Record<string, string> | undefined;
  /** Scalars, the only query parameters of the contract. Those that are `undefined` or `null` are omitted. */
  readonly query?: Record<string, unknown> | undefined;
}

/** Returns the URL of a request, with every parameter percent-encoded. */
export function urlOf({ baseUrl, path, pathParameters = {}, query = {} }: Target): string {
  const encoded = path.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${pathParameters[name]}`));
  const pairs = Object.entries(query).filter(([, value]) => value != null);
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return [baseUrl + encoded, search.join("&")].filter(Boolean).join("?");
}
