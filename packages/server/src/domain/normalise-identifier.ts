import { createHash } from "node:crypto";
import type { TraitValue } from "@memory-api/types";
import { loadWhenNeeded } from "./load-when-needed.ts";
import type { Normalization } from "./store-rules.ts";

/** The longest value that an index of every engine holds, in bytes of UTF-8. A longer one is known by its digest. */
const MAX_INDEXED_BYTES = 1024;
const DIGEST = "sha256:";

/**
 * The identifier that a value of a promoted trait becomes: a phone number in E.164 with the United States as the home region,
 * an email address in lower case without white space, another value without the white space around it, or as it is.
 *
 * @returns `undefined` for a value that is empty or cannot be read; such a value identifies nobody
 */
export function normaliseIdentifier(normalization: Normalization, value: TraitValue): string | undefined {
  const text = typeof value === "number" ? String(value) : value;
  if (typeof text !== "string" || !isStorable(text)) return undefined;
  const normalised = NORMALIZATIONS[normalization](text);
  return normalised ? indexable(normalised) : undefined;
}

const NORMALIZATIONS: Record<Normalization, (text: string) => string | undefined> = {
  phone: (text) => {
    const number = phoneNumbers().parsePhoneNumberFromString(text, "US");
    return number?.isPossible() ? number.number : undefined;
  },
  email: (text) => text.replace(/\s+/g, "").toLowerCase(),
  trim: (text) => text.trim(),
  none: (text) => text,
};

const phoneNumbers = loadWhenNeeded<typeof import("libphonenumber-js/min")>("libphonenumber-js/min");

/** PostgreSQL keeps no NUL in a text, and no engine an unpaired surrogate. */
function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes("\0");
}

function indexable(text: string): string {
  if (Buffer.byteLength(text) <= MAX_INDEXED_BYTES && !text.startsWith(DIGEST)) return text;
  return DIGEST + createHash("sha256").update(text).digest("hex");
}
