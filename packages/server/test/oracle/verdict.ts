import type { ProfileId } from "@memory-api/types";
import { profileOf, type Tables } from "../support/tables.ts";
import { type AcceptedPerson, acceptedPeople } from "./accepted-people.ts";
import type { AcceptedRequest } from "./traffic.ts";

/** The result of comparing the tables with the accepted requests. Each list contains faults of one kind. */
export interface Verdict {
  readonly identifiersOnWrongProfile: readonly string[];
  readonly lostIds: readonly string[];
  readonly survivorsNotOldest: readonly string[];
  readonly lostTraits: readonly string[];
  /** The ID that each known ID must lead to. */
  readonly survivors: ReadonlyMap<ProfileId, string>;
  /** Number of people, by the identifiers that they share. */
  readonly people: number;
  /** Largest number of identifiers of one person. */
  readonly mostIdentifiers: number;
}

export function judge(accepted: readonly AcceptedRequest[], tables: Tables): Verdict {
  const everyone = acceptedPeople(accepted);
  const identifiersOnWrongProfile: string[] = [];
  const lostIds: string[] = [];
  const survivorsNotOldest: string[] = [];
  const lostTraits: string[] = [];
  const survivors = new Map<ProfileId, string>();
  const taken = new Set<string>();
  for (const { identifiers, ids, traits } of everyone) {
    const [survivor = "nobody"] = [...identifiers].flatMap((identifier) => profileOf(tables, identifier) ?? []).sort();
    for (const identifier of identifiers) {
      const isRight = profileOf(tables, identifier) === survivor && !taken.has(survivor);
      if (!isRight) identifiersOnWrongProfile.push(identifier);
    }
    taken.add(survivor);
    for (const id of ids) {
      survivors.set(id, survivor);
      if (profileOf(tables, id) !== survivor) lostIds.push(id);
      if (id < survivor) survivorsNotOldest.push(survivor);
    }
    for (const trait of lostTraitsOf(traits, tables, survivor)) lostTraits.push(`${trait} of ${survivor}`);
  }
  return {
    ...{ identifiersOnWrongProfile, lostIds, survivorsNotOldest, lostTraits, survivors },
    people: everyone.length,
    mostIdentifiers: Math.max(...everyone.map(({ identifiers }) => identifiers.size)),
  };
}

/** A trait is lost if it is missing, was never written with this value, or if the write of this value ended before another began. */
function lostTraitsOf(written: AcceptedPerson["traits"], tables: Tables, profileId: string): string[] {
  const stored = tables.traits.get(profileId)?.get("Contact");
  const lost: string[] = [];
  for (const [trait, writes] of written) {
    const last = Math.max(...[...writes.values()].map(({ startedAt }) => startedAt));
    const write = writes.get(String(stored?.get(trait)));
    if (write === undefined || write.endedAt < last) lost.push(trait);
  }
  return lost;
}
