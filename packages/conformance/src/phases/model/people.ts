import type { Session } from "../../scenarios/session.ts";
import type { TraitChanges } from "./profile-model.ts";

/** The trait group of the default store, and the traits of it that the contract promotes to identifiers. */
export const GROUP = "Contact";
const PROMOTED = ["email", "phone"] as const;
type Promoted = (typeof PROMOTED)[number];

/** One of several ways to write the identifier of a person. */
export interface Spelled {
  readonly person: number;
  /** Index into {@link SPELLINGS}. */
  readonly spelling: number;
}

/** Ways to write the same identifier, which the contract normalizes to one. The first one is the normal form. */
const SPELLINGS: Readonly<Record<Promoted, readonly ((normal: string) => string)[]>> = {
  email: [
    (email) => email,
    (email) => email.toUpperCase(),
    (email) => ` ${email}\t`,
    (email) => email.replace("@", " @ "),
  ],
  phone: [
    (phone) => phone,
    (phone) => `(${phone.slice(2, 5)}) ${phone.slice(5, 8)}-${phone.slice(8)}`,
    (phone) => ` ${phone.slice(2, 5)}.${phone.slice(5, 8)}.${phone.slice(8)} `,
    (phone) => `+1 ${phone.slice(2, 5)} ${phone.slice(5, 8)} ${phone.slice(8)}`,
  ],
};

export const SPELLING_COUNT = 4;

/** The identifiers of people of a scenario, and the spellings that were sent. */
export class People {
  readonly #session: Session;
  readonly #people: { readonly email: string; readonly phone: string }[] = [];
  /** Normal form by trait and spelling. */
  readonly #normal = new Map<string, string>();

  constructor(session: Session) {
    this.#session = session;
  }

  text(name: Promoted, { person, spelling }: Spelled): string {
    while (this.#people.length <= person) this.#people.push(this.#session.person());
    const normal = this.#people[person]?.[name] ?? "";
    const text = SPELLINGS[name][spelling % SPELLING_COUNT]?.(normal) ?? normal;
    this.#normal.set(`${name} ${text}`, `${name} ${normal}`);
    return text;
  }

  /** Values that this object did not return are no identifiers. */
  readonly identifierOf = (name: string, value: string): string | undefined => this.#normal.get(`${name} ${value}`);
}

/** Traits of a write, without the texts of identifiers. */
export interface TraitPlan {
  readonly email?: Spelled | string | null | undefined;
  readonly phone?: Spelled | string | null | undefined;
  readonly firstName?: string | null | undefined;
  readonly lastName?: string | null | undefined;
  readonly city?: string | null | undefined;
}

/** The values that a plan stands for. */
export function changesOf(people: People, plan: TraitPlan): TraitChanges {
  const changes: Record<string, string | null> = {};
  for (const name of PROMOTED) {
    const value = plan[name];
    if (value === undefined) continue;
    changes[name] = value === null || typeof value === "string" ? value : people.text(name, value);
  }
  for (const name of ["firstName", "lastName", "city"] as const) {
    const value = plan[name];
    if (value !== undefined) changes[name] = value;
  }
  return changes;
}
