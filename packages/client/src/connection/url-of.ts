/**
 * Returns the URL of a request, with every parameter percent-encoded.
 *
 * @param path template of the contract
 * @param query scalars, the only query parameters of the contract; those that are `undefined` or `null` are omitted
 */
export function urlOf(
  baseUrl: string,
  path: string,
  pathParameters: Readonly<Record<string, string>>,
  query: Readonly<Record<string, unknown>> = {},
): string {
  const pairs = Object.entries(query).filter(([, value]) => value != null);
  const search = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`);
  return [baseUrl + pathOf(path, pathParameters), search.join("&")].filter(Boolean).join("?");
}

/** Returns a path template with its parameters, percent-encoded. */
export function pathOf(template: string, pathParameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(`${pathParameters[name]}`));
}
