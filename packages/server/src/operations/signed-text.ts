import { createHmac, timingSafeEqual } from "node:crypto";
import type { Settings, SigningKey } from "../configuration/settings.ts";

type SigningKeys = Settings["signingKeys"];

/**
 * Puts the parts into one text that only this server can make: the ID of the first key, the parts, an HMAC-SHA256, with dots
 * between them.
 *
 * @param purpose what the text is good for, and all that it need not carry; signed too; without a line break
 * @param parts letters, digits, `-` and `_`
 */
export function sign([key]: SigningKeys, purpose: string, parts: readonly string[]): string {
  const carried = [key.id, ...parts].join(".");
  return `${carried}.${signature(key, purpose, carried)}`;
}

/**
 * Reads back what {@link sign} made with any of the keys for the same purpose.
 *
 * @param text anything
 * @returns the parts; `undefined` if the text was not made so
 */
export function verify(keys: SigningKeys, purpose: string, text: string): readonly string[] | undefined {
  const carried = text.slice(0, Math.max(0, text.lastIndexOf(".")));
  const [id, ...parts] = carried.split(".");
  const key = keys.find((known) => known.id === id);
  if (key === undefined) return undefined;
  // The texts are compared, not the bytes: several texts in base64 can stand for the same bytes.
  const expected = Buffer.from(`${carried}.${signature(key, purpose, carried)}`);
  const given = Buffer.from(text);
  return given.length === expected.length && timingSafeEqual(given, expected) ? parts : undefined;
}

function signature({ secret }: SigningKey, purpose: string, carried: string): string {
  return createHmac("sha256", secret).update(`${purpose}\n${carried}`).digest("base64url");
}
