import { randomBytes } from "node:crypto";

/** Values by the name of a trait of the group `Contact`. `null` removes one. */
export type ContactChanges = Readonly<Record<string, string | null>>;

interface Profile {
  readonly createdAt: string;
  /** The last write of each trait. A removal is a write too. */
  readonly writes: Map<string, { readonly value: string | null; readonly at: number }>;
}

const NORMALIZED: Readonly<Record<string, (value: string) => string | undefined>> = {
  email: (value) => value.replaceAll(/\s/g, "").toLowerCase() || undefined,
  phone: (value) => {
    const digits = value.replaceAll(/\D/g, "");
    if (/[a-z]/i.test(value) || digits.length < 7 || digits.length > 15) return undefined;
    if (value.trim().startsWith("+")) return `+${digits}`;
    return digits.length === 11 && digits.startsWith("1") ? `+${digits}` : `+1${digits}`;
  },
};

/** The identifiers that the traits of a request yield. */
export function identifiersOf(contact: ContactChanges): string[] {
  return Object.entries(NORMALIZED).flatMap(([name, normalize]) => {
    const value = contact[name];
    const normalized = typeof value === "string" ? normalize(value) : undefined;
    return normalized === undefined ? [] : [`${name} ${normalized}`];
  });
}

/** The profiles of one store, in memory. */
export class ReferenceStore {
  readonly #profiles = new Map<string, Profile>();
  /** Profile by identifier. */
  readonly #owners = new Map<string, string>();
  readonly #canonical = new Map<string, string>();
  #time = 0;

  /** The IDs of all profiles, oldest first. */
  get ids(): string[] {
    return [...this.#profiles.keys()].sort();
  }

  /** The profile that another one was merged into, even if it was deleted since. */
  canonicalOf(id: string): string | undefined {
    return this.#canonical.get(id);
  }

  has(id: string): boolean {
    return this.#profiles.has(id);
  }

  fetch(id: string): { readonly createdAt: string; readonly contact: Readonly<Record<string, string>> } | undefined {
    const profile = this.#profiles.get(id);
    if (profile === undefined) return undefined;
    const values = [...profile.writes].flatMap(([name, { value }]) => (value === null ? [] : [[name, value] as const]));
    return { createdAt: profile.createdAt, contact: Object.fromEntries(values) };
  }

  /** @returns the ID of the profile that the traits belong to; `undefined` if they yield no identifier */
  upsert(contact: ContactChanges): string | undefined {
    const identifiers = identifiersOf(contact);
    if (identifiers.length === 0) return undefined;
    const owners = identifiers.flatMap((each) => this.#owners.get(each) ?? []);
    const id = owners.length === 0 ? this.#create() : this.#merge(owners);
    this.#write(id, contact);
    return id;
  }

  patch(id: string, changes: ContactChanges): void {
    for (const [name, normalize] of Object.entries(NORMALIZED)) {
      const current = this.fetch(id)?.contact[name];
      const normalized = current === undefined ? undefined : normalize(current);
      const identifier = `${name} ${normalized}`;
      if (changes[name] === null && this.#owners.get(identifier) === id) this.#owners.delete(identifier);
    }
    const owners = identifiersOf(changes).flatMap((each) => this.#owners.get(each) ?? []);
    this.#write(this.#merge([id, ...owners]), changes);
  }

  delete(id: string): void {
    this.#profiles.delete(id);
    for (const [identifier, owner] of this.#owners) if (owner === id) this.#owners.delete(identifier);
  }

  #create(): string {
    const id = newId("mem_profile");
    this.#profiles.set(id, { createdAt: new Date().toISOString(), writes: new Map() });
    return id;
  }

  #write(id: string, contact: ContactChanges): void {
    const at = ++this.#time;
    const { writes } = this.#profiles.get(id) ?? { writes: new Map() };
    for (const [name, value] of Object.entries(contact)) writes.set(name, { value, at });
    for (const identifier of identifiersOf(contact)) this.#owners.set(identifier, id);
  }

  /** @returns the profile that was created first */
  #merge(ids: readonly string[]): string {
    const [first = "", ...others] = [...new Set(ids)].sort();
    const target = this.#profiles.get(first);
    for (const other of others) {
      for (const [name, write] of this.#profiles.get(other)?.writes ?? []) {
        if (write.at > (target?.writes.get(name)?.at ?? 0)) target?.writes.set(name, write);
      }
      this.#profiles.delete(other);
      for (const [identifier, owner] of this.#owners) if (owner === other) this.#owners.set(identifier, first);
      for (const [merged, canonical] of this.#canonical) if (canonical === other) this.#canonical.set(merged, first);
      this.#canonical.set(other, first);
    }
    return first;
  }
}

const CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz";
let lastSequence = 0n;

/** A TypeID over a UUIDv7. Each one sorts after those before it. */
export function newId(prefix: string): string {
  const now = BigInt(Date.now()) << 12n;
  lastSequence = now > lastSequence ? now : lastSequence + 1n;
  const random = randomBytes(8).readBigUInt64BE() >> 2n;
  const uuid = ((lastSequence >> 12n) << 80n) | (7n << 76n) | ((lastSequence & 0xfffn) << 64n) | (2n << 62n) | random;
  let text = "";
  for (let shift = 125n; shift >= 0n; shift -= 5n) text += CROCKFORD[Number((uuid >> shift) & 31n)];
  return `${prefix}_${text}`;
}
