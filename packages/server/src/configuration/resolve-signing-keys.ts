import type { SigningKey as KeyOfConfiguration } from "#generated/configuration.js";
import { jsonPointer } from "../json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";
import type { SigningKey } from "./settings.ts";

/** Bytes. The output of the hash that the key is used with; a shorter key would be weaker than it. */
export const MIN_SIGNING_KEY = 32;

/**
 * Reads the keys in their order.
 *
 * @param folder what relative paths start from
 * @param mistakes is added to
 */
export async function resolveSigningKeys(
  keys: readonly KeyOfConfiguration[],
  folder: string,
  mistakes: Mistake[],
): Promise<SigningKey[]> {
  const resolved: SigningKey[] = [];
  for (const [at, { id, secretFile }] of keys.entries()) {
    const path = jsonPointer("signingKeys", at);
    if (resolved.some((key) => key.id === id))
      mistakes.push({ path: `${path}/id`, reason: "is the ID of another key too" });
    const secret = await readSecretFile(secretFile, { path: `${path}/secretFile`, folder }, mistakes);
    if (secret.length > 0 && secret.length < MIN_SIGNING_KEY) {
      mistakes.push({ path: `${path}/secretFile`, reason: `the key must have ${MIN_SIGNING_KEY} bytes or more` });
    }
    resolved.push({ id, secret });
  }
  return resolved;
}
