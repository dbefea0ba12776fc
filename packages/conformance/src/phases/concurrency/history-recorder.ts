import { headerOf, jsonOf } from "../../http/exchange.ts";
import type { HistoryEntry } from "../../linearizability/history.ts";
import type { Session } from "../../scenarios/session.ts";
import { changesOf, GROUP, type People, type TraitPlan } from "../model/people.ts";
import { MARK } from "./check-joined.ts";
import type { ProfileOperation, Seen, WithoutExchange } from "./profile-history.ts";
import { createdId, isAccepted, sendTimed, type Timed } from "./sent-write.ts";

export type Entry = HistoryEntry<ProfileOperation>;

/** Sends requests of concurrent clients, and records what was observed. Every write has a value of its own. */
export class HistoryRecorder {
  readonly writes: Entry[] = [];
  readonly reads: Entry[] = [];
  readonly #session: Session;
  readonly #people: People;
  #marks = 0;
  #isComplete = true;

  constructor(session: Session, people: People) {
    this.#session = session;
    this.#people = people;
  }

  /** Whether the outcome of every write is known. */
  get isComplete(): boolean {
    return this.#isComplete;
  }

  /** @returns the ID of the profile; `undefined` if the write failed */
  async create(plan: TraitPlan): Promise<string | undefined> {
    const traits = this.#traitsOf(plan);
    const timed = await sendTimed(this.#session, "createProfile", { body: { traits: { [GROUP]: traits } } });
    const id = createdId(this.#session, timed);
    if (id === undefined) this.#isComplete = false;
    else this.writes.push(entryOf(timed, { kind: "create", traits, id }));
    return id;
  }

  async patch(id: string, plan: TraitPlan): Promise<void> {
    const traits = this.#traitsOf(plan);
    const call = { path: { profileId: id }, body: { traits: { [GROUP]: traits } } };
    const timed = await sendTimed(this.#session, "patchProfileTraits", call);
    const outcome = this.#outcomeOf("patchProfileTraits", timed);
    if (outcome === undefined) return;
    const entry = entryOf(timed, { kind: "patch", id, traits, outcome });
    this.writes.push(this.#session.target.isImmediate ? entry : { ...entry, end: Number.POSITIVE_INFINITY });
  }

  async delete(id: string): Promise<void> {
    const timed = await sendTimed(this.#session, "deleteProfile", { path: { profileId: id } });
    const outcome = this.#outcomeOf("deleteProfile", timed);
    if (outcome !== undefined) this.writes.push(entryOf(timed, { kind: "delete", id, outcome }));
  }

  async fetch(id: string): Promise<void> {
    this.reads.push(await this.read(id));
  }

  /** Reads a profile without recording it. */
  async read(id: string): Promise<Entry> {
    const timed = await sendTimed(this.#session, "fetchProfile", { path: { profileId: id } });
    return entryOf(timed, { kind: "fetch", id, seen: seenIn(timed) });
  }

  #traitsOf(plan: TraitPlan) {
    return { ...changesOf(this.#people, plan), [MARK]: String(this.#marks++) };
  }

  #outcomeOf(id: "patchProfileTraits" | "deleteProfile", { exchange }: Timed) {
    if (exchange.response.status === 308) return "moved";
    if (exchange.response.status === 404) return "missing";
    if (isAccepted(this.#session, id, exchange)) return "applied";
    this.#isComplete = false;
    return undefined;
  }
}

function entryOf({ exchange, start, end }: Timed, operation: WithoutExchange): Entry {
  return { operation: { ...operation, exchange, accepted: { start, end } }, start, end };
}

function seenIn({ exchange: { response } }: Timed): Seen {
  if (response.status === 200) {
    return { kind: "live", traits: Object(Object(Object(jsonOf(response)).traits)[GROUP]) };
  }
  const id = headerOf(response, "canonical-profile-id");
  return id === undefined ? { kind: "missing" } : { kind: "moved", id };
}
