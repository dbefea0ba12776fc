import { InvalidParameterError } from "../errors/invalid-parameter-error.ts";

/** An API key SID with its secret, or an Account SID with its auth token. */
export type Credentials =
  | { readonly apiKey: string; readonly apiSecret: string }
  | { readonly accountSid: string; readonly authToken: string };

/**
 * Returns the value of the `Authorization` header: HTTP Basic (RFC 7617) in UTF-8.
 *
 * @throws {InvalidParameterError} if one of the two parts is not a string, or is empty
 */
export function basicAuthorization(credentials: Credentials): string {
  // A function may have returned anything.
  const { apiKey, apiSecret, accountSid, authToken } = Object(credentials);
  const [name, secret] = apiKey === undefined ? [accountSid, authToken] : [apiKey, apiSecret];
  if (!isText(name) || !isText(secret)) {
    throw new InvalidParameterError("credentials", "must have apiKey and apiSecret, or accountSid and authToken");
  }
  const bytes = new TextEncoder().encode(`${name}:${secret}`);
  return `Basic ${btoa(String.fromCharCode(...bytes))}`;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

/** @throws {TypeError} if the environment has neither a key with its secret nor an account with its token */
export function environmentCredentials(): Credentials {
  const apiKey = environmentVariable("TWILIO_API_KEY");
  const apiSecret = environmentVariable("TWILIO_API_SECRET");
  if (apiKey && apiSecret) return { apiKey, apiSecret };
  const accountSid = environmentVariable("TWILIO_ACCOUNT_SID");
  const authToken = environmentVariable("TWILIO_AUTH_TOKEN");
  if (accountSid && authToken) return { accountSid, authToken };
  throw new TypeError(
    "No credentials: pass the option credentials, or set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.",
  );
}

/** The value of `MEMORY_BASE_URL`. */
export function environmentBaseUrl(): string | undefined {
  return environmentVariable("MEMORY_BASE_URL");
}

function environmentVariable(name: string): string | undefined {
  try {
    return globalThis.process.env[name] || undefined;
  } catch {
    // Browsers and workers have no process. Deno throws without the permission to read the environment.
    return undefined;
  }
}
