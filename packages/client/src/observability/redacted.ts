import { jsonOf } from "../connection/json-of.ts";

/** What was sent. */
export interface Sent {
  /** With the query. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** The index of an item, the limit of a length and a type look like such values, and those tell nothing of anybody. */
const HARMLESS = /^(\d{0,3}|true|false)$/;

/**
 * What the service says of a request, without what it repeats of it that nobody else may see: credentials, the query of a pre-signed
 * URL, trait values. A value within a longer word stays.
 */
export function redacted(text: string, { url, headers: { Authorization }, body }: Sent): string {
  // The query of an upload URL takes the place of credentials.
  const secrets = [...(Authorization ? credentialsIn(Authorization) : queryValuesIn(url)), ...traitValuesIn(body)];
  const lowerCase = text.toLowerCase();
  return (
    secrets
      .filter((secret) => lowerCase.includes(secret.toLowerCase()) && !HARMLESS.test(secret))
      // A first name can be a part of an address.
      .sort((one, other) => other.length - one.length)
      .reduce((rest, secret) => {
        const literally = secret.replace(/\W/g, "\\$&");
        return rest.replace(new RegExp(`(?<![a-z\\d])${literally}(?![a-z\\d])`, "gi"), "…");
      }, text)
  );
}

function credentialsIn(authorization: string): string[] {
  const [, value = authorization] = authorization.split(" ");
  try {
    const bytes = Uint8Array.from(atob(value), (byte) => byte.charCodeAt(0));
    return [value, ...new TextDecoder().decode(bytes).split(":")];
  } catch {
    // A caller's own scheme.
    return [value];
  }
}

function traitValuesIn(body: unknown): string[] {
  const { traits, profiles } = Object(typeof body === "string" && jsonOf(body));
  return valuesIn([traits ?? [], profiles ?? []]);
}

function valuesIn(value: unknown): string[] {
  if (typeof value === "object") return Object.values(value ?? {}).flatMap(valuesIn);
  // The second as in a body that is repeated as a text.
  return [String(value), JSON.stringify(value).replace(/^"|"$/g, "")];
}

function queryValuesIn(url: string): string[] {
  const query = url.slice(url.indexOf("?") + 1);
  const encoded = query.match(/(?<==)[^&]+/g) ?? [];
  // A signature can be one part of a value.
  return [...encoded, ...new URLSearchParams(query).values()].flatMap((value) => value.split("."));
}
