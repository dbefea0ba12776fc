import type { DeclaredTrait } from "./declared-traits.ts";

/** What the value of a promoted trait becomes. `unknown`: the contract leaves it to the implementation. */
export type IdentifierReading = "identifier" | "none" | "unsafe-number" | "unknown";

const EMAIL = /^[a-z\d._+-]{1,64}@[a-z\d-]+(?:\.[a-z\d-]+)+$/i;
const MAX_EMAIL = 254;
const NORTH_AMERICAN = /^\+1\d{10}$/;
const BLANK = /^ *$/;

/** Reads the value of a promoted trait as far as the contract says how. */
export function readIdentifier(trait: DeclaredTrait, value: unknown): IdentifierReading {
  if (typeof value === "number") return Number.isSafeInteger(value) ? "identifier" : "unsafe-number";
  if (typeof value !== "string") return "unknown";
  if (value === "") return "none";
  const type = trait.idTypePromotion;
  if (type === "email") {
    const text = value.replaceAll(" ", "");
    if (text === "") return "none";
    return EMAIL.test(text) && text.length <= MAX_EMAIL ? "identifier" : "unknown";
  }
  if (type === "phone" || type === "whatsapp") {
    if (NORTH_AMERICAN.test(value)) return "identifier";
    return BLANK.test(value) ? "none" : "unknown";
  }
  return /^[\w-]+$/.test(value) ? "identifier" : "unknown";
}

/** Whether a string contains a character that the contract does not say how to store: NUL, or half of a surrogate pair. */
export function isUnstorable(text: string): boolean {
  return /\0|\p{Cs}/u.test(text);
}

/** Replaces the value of a promoted trait by one that no other person has, and keeps what is special about it, such as its length. */
export function personalized(trait: DeclaredTrait, value: unknown, person: { email: string; phone: string }): unknown {
  const [unique = ""] = person.email.split("@");
  if (typeof value === "number" && Number.isSafeInteger(value)) return Number.parseInt(unique.slice(0, 12), 16);
  if (typeof value !== "string" || BLANK.test(value)) return value;
  const characters = [...value];
  if (characters.length > 2 * unique.length) return unique + characters.slice(unique.length).join("");
  if (isUnstorable(value)) return unique + value;
  switch (trait.idTypePromotion) {
    case "email":
      return / /.test(value) ? ` ${person.email.toUpperCase()} ` : person.email;
    case "phone":
    case "whatsapp":
      return person.phone;
    default:
      return unique;
  }
}
