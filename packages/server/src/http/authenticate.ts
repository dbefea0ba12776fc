import { hash, timingSafeEqual } from "node:crypto";
import { unauthorized } from "../api-error.ts";
import type { Credential } from "../configuration/settings.ts";

const NOBODY = Buffer.alloc(32);

/**
 * Reads HTTP Basic (RFC 7617).
 *
 * @returns the SID of the account
 * @throws {ApiError} 401; it takes the same time whether the name or the secret is wrong
 */
export function authenticate(credentials: ReadonlyMap<string, Credential>, authorization: string | undefined): string {
  const [, encoded] = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization ?? "") ?? [];
  const [, username, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded ?? "", "base64").toString()) ?? [];
  const credential = credentials.get(username ?? "");
  const isRight = timingSafeEqual(hash("sha256", password ?? "", "buffer"), credential?.secretSha256 ?? NOBODY);
  if (credential === undefined || !isRight) throw unauthorized();
  return credential.accountSid;
}
