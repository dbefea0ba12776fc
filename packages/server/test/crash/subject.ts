import { isDeepStrictEqual } from "node:util";
import type { TraitValue } from "@memory-api/types";
import { profileOf, type Tables } from "../support/tables.ts";

/** An expected profile: its identifiers, as `type value`, and its traits in the group Contact. */
export interface Expected {
  readonly identifiers: readonly string[];
  readonly traits: Readonly<Record<string, TraitValue>>;
}

type State = readonly Expected[];

/** Profiles that only one sequence of requests writes. */
export class Subject {
  readonly #name: string;
  readonly #onAcknowledged: () => void;
  readonly #identifiers = new Set<string>();
  /** An identifier of the profile of each returned ID. */
  readonly #ids = new Map<string, string>();
  /** States that are allowed. */
  #states: readonly State[] = [[]];

  /**
   * @param name name in reports
   * @param onAcknowledged called for every acknowledged write
   */
  constructor(name: string, onAcknowledged = () => {}) {
    this.#name = name;
    this.#onAcknowledged = onAcknowledged;
  }

  /**
   * Until the write is acknowledged, the states before and after it are both allowed, but no partial state.
   *
   * @param send sends the write, and resolves once it is acknowledged
   */
  async write<Received>(after: State, send: () => Promise<Received>): Promise<Received> {
    for (const { identifiers } of after) for (const identifier of identifiers) this.#identifiers.add(identifier);
    this.#states = [...this.#states, after];
    const received = await send();
    this.#states = [after];
    this.#onAcknowledged();
    return received;
  }

  /** Records that the ID must always lead to the profile of this identifier. */
  learn(id: string, identifier: string): void {
    this.#ids.set(id, identifier);
  }

  /** Reports a state that is not allowed. A state that is found is the only one allowed from then on. */
  faults(tables: Tables): string[] {
    const faults: string[] = [];
    for (const [id, identifier] of this.#ids) {
      const [led, owner] = [profileOf(tables, id), profileOf(tables, identifier)];
      if (led !== owner) faults.push(`${this.#name}: ${id} leads to ${led}, ${identifier} to ${owner}`);
    }
    const found = sorted(stateOf(tables, [...this.#identifiers]));
    const state = this.#states.find((allowed) => isDeepStrictEqual(sorted(allowed), found));
    if (state !== undefined) this.#states = [state];
    else faults.push(`${this.#name} is ${JSON.stringify(found)}, which is not one of ${JSON.stringify(this.#states)}`);
    return faults;
  }
}

function stateOf(tables: Tables, identifiers: readonly string[]): State {
  const profiles: Expected[] = [];
  for (const [id, own] of Map.groupBy(identifiers, (identifier) => profileOf(tables, identifier))) {
    if (id === undefined) continue;
    profiles.push({ identifiers: own, traits: Object.fromEntries(tables.traits.get(id)?.get("Contact") ?? []) });
  }
  return profiles;
}

function sorted(state: State): State {
  const profiles = state.map(({ identifiers, traits }) => ({ identifiers: [...identifiers].sort(), traits }));
  return profiles.sort((one, other) => (String(one.identifiers) < String(other.identifiers) ? -1 : 1));
}
