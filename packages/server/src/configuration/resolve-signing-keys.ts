import type { SigningKey as KeyOfConfiguration } from "#generated/configuration.js";
import { jsonPointer } from "../domain/json-pointer.ts";
import type { Mistake } from "./configuration-error.ts";
import { readSecretFile } from "./read-secret-file.ts";
import type { SigningKey } from "./settings.ts";

/** Bytes. A key that is shorter than the output of the hash function would weaken it. */
export const MIN_SIGNING_KEY = 32;

/**
 * Reads the keys, in their order.
 *
 * @param folder base of relative paths
 * @param mistakes the mistakes are added to this list
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
      mistakes.push({ path: `${path}/id`, reason: "is already the ID of another key" });
    const secret = await readSecretFile(secretFile, { path: `${path}/secretFile`, folder }, mistakes);
    if (secret.length > 0 && secret.length < MIN_SIGNING_KEY) {
      mistakes.push({ path: `${path}/secretFile`, reason: `the key must have at least ${MIN_SIGNING_KEY} bytes` });
    }
    resolved.push({ id, secret });
  }
  return resolved;
}
