import { hash, timingSafeEqual } from "node:crypto";
import type { Credential } from "../../configuration/settings.ts";
import { unauthorized, wrongCredentials } from "../../operations/api-error.ts";

/** Compared with the secret of an unknown user name. No text has this digest. */
const NO_SECRET = Buffer.alloc(32);

/**
 * Reads HTTP Basic (RFC 7617).
 *
 * @returns the SID of the account
 * @throws {ApiError} 401; neither the response nor its timing shows whether the user name or the secret is wrong
 */
export function authenticate(credentials: ReadonlyMap<string, Credential>, authorization: string | undefined): string {
  const [, encoded = ""] = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization ?? "") ?? [];
  const [, username, password = ""] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (username === undefined) throw unauthorized();
  const credential = credentials.get(username);
  const isRight = timingSafeEqual(hash("sha256", password, "buffer"), credential?.secretSha256 ?? NO_SECRET);
  if (credential === undefined || !isRight) throw wrongCredentials();
  return credential.accountSid;
}
