import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** An API key SID with its secret, or an Account SID with its auth token. */
export type Credentials =
  | { readonly apiKey: string; readonly apiSecret: string }
  | { readonly accountSid: string; readonly authToken: string };

/**
 * The value of the `Authorization` header, HTTP Basic (RFC 7617) in UTF-8.
 *
 * @throws {InvalidParameterError} if one of the two is no string, or empty
 */
export function basicAuthorization(credentials: Credentials): string {
  const [name, secret] =
    "apiKey" in credentials
      ? [credentials.apiKey, credentials.apiSecret]
      : [credentials.accountSid, credentials.authToken];
  if (!isText(name) || !isText(secret)) {
    throw new InvalidParameterError("credentials", "must have apiKey and apiSecret, or accountSid and authToken");
  }
  const bytes = new TextEncoder().encode(`${name}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
