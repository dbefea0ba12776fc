import { createHash } from "node:crypto";
import type { Account } from "#generated/configuration.js";
import { jsonPointer } from "../json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";
import type { Credential } from "./settings.ts";

/**
 * The credentials of all accounts, by user name.
 *
 * @param folder what relative paths start from
 * @param mistakes is added to
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
    if (sids.has(accountSid)) mistakes.push({ path: `${path}/sid`, reason: "is the SID of another account too" });
    sids.add(accountSid);
    for (const [index, { username, secretSha256 = "", secretFile }] of credentials.entries()) {
      const place = path + jsonPointer("credentials", index);
      if (resolved.has(username)) {
        mistakes.push({ path: `${place}/username`, reason: "is the user name of another credential too" });
      }
      const digest =
        secretFile === undefined
          ? Buffer.from(secretSha256, "hex")
          : sha256(await readSecretFile(secretFile, { path: `${place}/secretFile`, folder }, mistakes));
      resolved.set(username, { accountSid, secretSha256: digest });
    }
  }
  return resolved;
}

/** How a secret is kept. */
export function sha256(secret: string | Uint8Array): Buffer {
  return createHash("sha256").update(secret).digest();
}
