import { createHash } from "node:crypto";
import type { Account } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";
import type { Credential } from "./settings.ts";

/**
 * Returns the credentials of all accounts, by user name.
 *
 * @param folder base of relative paths
 * @param mistakes the mistakes are added to this list
 */
export async function resolveCredentials(
  accounts: readonly Account[],
  folder: string,
  mistakes: Mistake[],
): Promise<Map<string, Credential>> {
  const sids = new Set<string>();
  const resolved = new Map<string, Credential>();
  for (const [at, { sid: accountSid, credentials }] of accounts.entries()) {
    const path = jsonPointer("accounts", at);
    if (sids.has(accountSid)) mistakes.push({ path: `${path}/sid`, reason: "is already the SID of another account" });
    sids.add(accountSid);
    for (const [index, { username, secretSha256 = "", secretFile }] of credentials.entries()) {
      const pathOfCredential = path + jsonPointer("credentials", index);
      if (resolved.has(username)) {
        mistakes.push({
          path: `${pathOfCredential}/username`,
          reason: "is already the user name of another credential",
        });
      }
      const digest =
        secretFile === undefined
          ? Buffer.from(secretSha256, "hex")
          : sha256(await readSecretFile(secretFile, { path: `${pathOfCredential}/secretFile`, folder }, mistakes));
      resolved.set(username, { accountSid, secretSha256: digest });
    }
  }
  return resolved;
}

/** Returns the hash of a secret. The server stores no other form of it. */
export function sha256(secret: string | Uint8Array): Buffer {
  return createHash("sha256").update(secret).digest();
}
