import { createHash } from "node:crypto";
import type { TraitValue } from "@memory-api/types";
import { loadWhenNeeded } from "./load-when-needed.ts";
import type { Normalization } from "./store-rules.ts";

/** The longest value that an index of every engine can hold, in bytes of UTF-8. A digest replaces a longer one. */
const MAX_INDEXED_BYTES = 1024;
const DIGEST = "sha256:";

/** The identifier of a value, or the problem with the value, which completes a sentence. */
export type NormalizedIdentifier = { readonly value: string } | { readonly problem: string };

/**
 * Reads the value of a promoted trait as an identifier. `phone` returns E.164 and assumes the United States, `email` returns lower case
 * without white space, `trim` removes white space at both ends, and `none` returns the value unchanged.
 */
export function normalizeIdentifier(normalization: Normalization, value: TraitValue): NormalizedIdentifier {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string") return { problem: "is not a string or a number" };
  // PostgreSQL does not store a NUL in a text, and no engine stores an unpaired surrogate.
  if (text.includes("\0") || !text.isWellFormed()) return { problem: "contains a character that cannot be stored" };
  const normalized = NORMALIZATIONS[normalization](text);
  if (normalized === "") return { problem: "is empty" };
  return normalized === undefined ? { problem: "is not a valid phone number" } : { value: indexable(normalized) };
}

const NORMALIZATIONS: Record<Normalization, (text: string) => string | undefined> = {
  phone: (text) => {
    if (text.trim() === "") return "";
    const number = phoneNumbers().parsePhoneNumberFromString(text, "US");
    return number?.isPossible() ? number.number : undefined;
  },
  email: (text) => text.replace(/\s/g, "").toLowerCase(),
  trim: (text) => text.trim(),
  none: (text) => text,
};

const phoneNumbers = loadWhenNeeded<typeof import("libphonenumber-js/min")>("libphonenumber-js/min");

/** A value that looks like a digest is replaced too. Otherwise, it could equal the digest of another customer's value. */
function indexable(text: string): string {
  if (Buffer.byteLength(text) <= MAX_INDEXED_BYTES && !text.startsWith(DIGEST)) return text;
  return DIGEST + createHash("sha256").update(text).digest("hex");
}
