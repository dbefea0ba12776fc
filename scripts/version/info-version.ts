const INFO_VERSION = /^(info:\n(?: .*\n|\n)*? {2}version: )(.+)$/m;

/**
 * Returns the `info.version` of an OpenAPI document.
 *
 * @throws {Error} if the document has no `info.version`
 */
export function infoVersion(openapi: string): string {
  const [, , version] = INFO_VERSION.exec(openapi) ?? [];
  if (version === undefined) throw new Error("The OpenAPI document has no line `  version: …` in its `info` section.");
  return version;
}

/**
 * Returns the document with another `info.version`. No other line changes.
 *
 * @throws {Error} if the document has no `info.version`
 */
export function withInfoVersion(openapi: string, version: string): string {
  infoVersion(openapi);
  return openapi.replace(INFO_VERSION, (_, before: string) => before + version);
}
