import { isIP } from "node:net";
import type { Configuration } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";

/**
 * Checks the URLs and addresses of a configuration beyond their schema.
 *
 * @param mistakes the mistakes are added to this list
 */
export function checkNetwork(
  { publicUrl, errorDocsUrl, trustedProxies = [] }: Configuration,
  mistakes: Mistake[],
): void {
  if (publicUrl !== undefined && !isOrigin(publicUrl)) {
    const reason =
      "must be an origin such as https://memory.example.com, in lower case, without a path or a trailing slash";
    mistakes.push({ path: "/publicUrl", reason });
  }
  if (errorDocsUrl !== undefined && !isBaseUrl(errorDocsUrl)) {
    const reason =
      "must be a normalized http or https URL that ends with a slash, such as https://memory.example.com/errors/, without credentials, a query or a fragment";
    mistakes.push({ path: "/errorDocsUrl", reason });
  }
  for (const [at, network] of trustedProxies.entries()) {
    const path = jsonPointer("trustedProxies", at);
    if (!isNetwork(network)) mistakes.push({ path, reason: "must be an IP address or a network such as 10.0.0.0/8" });
    else if (/\/0+$/.test(network))
      mistakes.push({ path, reason: "must not match every address, because callers are not proxies" });
  }
}

function isOrigin(text: string): boolean {
  return URL.parse(text)?.origin === text;
}

function isBaseUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && text === url.origin + url.pathname && text.endsWith("/");
}

function isNetwork(text: string): boolean {
  const [address = "", length, ...rest] = text.split("/");
  const family = isIP(address);
  const bits = family === 4 ? 32 : 128;
  return (
    family !== 0 && rest.length === 0 && (length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits))
  );
}
