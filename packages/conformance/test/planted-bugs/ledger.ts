import type { ProxiedRequest, ProxiedResponse } from "../support/proxied-messages.ts";

/** What the proxy knows about the profiles that it saw being created and merged. */
export class Ledger {
  /** Profile by identifier. */
  readonly #owners = new Map<string, string>();
  /** Canonical profile by merged profile, as of the merge. */
  readonly canonical = new Map<string, string>();

  /** The profiles that the identifiers of a request belong to, oldest first. */
  ownersOf(request: ProxiedRequest): string[] {
    const owners = identifiersOf(request).flatMap((key) => this.#owners.get(key) ?? []);
    return [...new Set(owners.map((id) => this.resolve(id)))].sort();
  }

  owner(key: string): string | undefined {
    const id = this.#owners.get(key);
    return id === undefined ? undefined : this.resolve(id);
  }

  resolve(id: string): string {
    const next = this.canonical.get(id);
    return next === undefined ? id : this.resolve(next);
  }

  /** @returns the profiles that the request merged into another one */
  observe(request: ProxiedRequest, response: ProxiedResponse): string[] {
    if (request.operation !== "createProfile" || response.status !== 202) return [];
    // A response can be observed after that of a later request, which merged its profile.
    const id = this.resolve(String(Object(response.json).id));
    const merged = this.ownersOf(request).filter((owner) => owner !== id);
    for (const each of merged) this.canonical.set(each, id);
    for (const key of identifiersOf(request)) this.#owners.set(key, id);
    return merged;
  }

  forget(id: string): void {
    for (const [key, owner] of this.#owners) if (this.resolve(owner) === id) this.#owners.delete(key);
  }
}

/** The identifiers in the trait group `Contact`, each with its store and type. */
function identifiersOf({ contact, path }: ProxiedRequest): string[] {
  const { email, phone } = contact;
  const keys = [];
  if (typeof email === "string" && email.trim() !== "") keys.push(`email ${email.replaceAll(/\s/g, "").toLowerCase()}`);
  if (typeof phone === "string" && /\d{7}/.test(phone.replaceAll(/\D/g, ""))) keys.push(`phone ${e164(phone)}`);
  return keys.map((key) => `${path["storeId"]} ${key}`);
}

function e164(phone: string): string {
  const digits = phone.replaceAll(/\D/g, "");
  return digits.length === 10 ? `+1${digits}` : `+${digits}`;
}

/** Values that the server gets in place of others, and the callers never see. */
export class Substitution {
  readonly #substitutes = new Map<string, string>();
  readonly #originals = new Map<string, string>();

  /** Replaces a string wherever it is a whole JSON string. */
  add(original: string, substitute: string): void {
    this.#substitutes.set(original, substitute);
    this.#originals.set(substitute, original);
  }

  has(original: string): boolean {
    return this.#substitutes.has(original);
  }

  request(request: ProxiedRequest): ProxiedRequest {
    const text = request.body.toString();
    const changed = replaceAll(text, this.#substitutes);
    if (changed === text) return request;
    const body = Buffer.from(changed);
    return request.with({ body }).withHeader("Content-Length", String(body.length));
  }

  response(response: ProxiedResponse): ProxiedResponse {
    const text = response.body.toString();
    const changed = replaceAll(text, this.#originals);
    return changed === text ? response : response.withBody(changed);
  }
}

function replaceAll(text: string, replacements: ReadonlyMap<string, string>): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"/g, (quoted) => {
    const found = replacements.get(textOf(quoted));
    return found === undefined ? quoted : JSON.stringify(found);
  });
}

function textOf(quoted: string): string {
  try {
    return JSON.parse(quoted);
  } catch {
    return "";
  }
}

let serial = 0;

/** An email address that no caller uses. */
export function unusedEmail(): string {
  return `substitute.${process.pid}.${Date.now()}.${serial++}@example.net`;
}

/** A phone number that no caller is likely to use. */
export function unusedPhone(): string {
  return `+447${String(400_000_000 + ((Date.now() * 100 + serial++) % 500_000_000))}`;
}
