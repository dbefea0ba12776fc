import { createHmac, timingSafeEqual } from "node:crypto";
import type { Settings, SigningKey } from "../configuration/settings.ts";

type SigningKeys = Settings["signingKeys"];

/**
 * Signs the parts with the first key. The result is the ID of the key, the parts and an HMAC-SHA256, separated by dots.
 *
 * @param purpose the use that the text is valid for; signed, but not part of the text; contains no line break
 * @param parts letters, digits, `-` and `_`
 */
export function sign([key]: SigningKeys, purpose: string, parts: readonly string[]): string {
  const carried = [key.id, ...parts].join(".");
  return `${carried}.${signature(key, purpose, carried)}`;
}

/**
 * Verifies a text that {@link sign} returned for the same purpose, with any of the keys.
 *
 * @param text unchecked
 * @returns the parts; `undefined` if the signature is not valid
 */
export function verify(keys: SigningKeys, purpose: string, text: string): readonly string[] | undefined {
  const carried = text.slice(0, Math.max(0, text.lastIndexOf(".")));
  const [id, ...parts] = carried.split(".");
  const key = keys.find((known) => known.id === id);
  if (key === undefined) return undefined;
  // Compares the encoded texts, because several base64 texts can decode to the same bytes.
  const expected = Buffer.from(`${carried}.${signature(key, purpose, carried)}`);
  const given = Buffer.from(text);
  return given.length === expected.length && timingSafeEqual(given, expected) ? parts : undefined;
}

function signature({ secret }: SigningKey, purpose: string, carried: string): string {
  return createHmac("sha256", secret).update(`${purpose}\n${carried}`).digest("base64url");
}
