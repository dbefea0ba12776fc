import type { UpsertCommand } from "../../src/domain/commands/command.ts";
import { type Identifier, identifierKey } from "../../src/domain/stores/store-rules.ts";
import type { Storage, WrittenStore } from "../../src/storage/storage.ts";
import { newProfileId, upsert } from "./commands.ts";

/** Sets of identifiers, one for each person, in an order that depends only on their content. */
type People = readonly (readonly string[])[];

/** Groups identifiers into people using only the commands: traits that share an identifier belong to the same person. */
export function peopleIn(commands: readonly UpsertCommand[]): People {
  const personOf = new Map<string, Set<string>>();
  for (const { identifiers } of commands) {
    const person = new Set<string>();
    for (const key of identifiers.map(identifierKey)) {
      person.add(key);
      for (const known of personOf.get(key) ?? []) person.add(known);
    }
    for (const key of person) personOf.set(key, person);
  }
  return inOrder(new Set(personOf.values()));
}

/** Groups identifiers into people by the profiles that they resolve to. */
export async function peopleOf(
  storage: Pick<Storage, "apply">,
  store: WrittenStore,
  commands: readonly UpsertCommand[],
): Promise<People> {
  const identifiers = commands.flatMap((command) => command.identifiers);
  const outcomes = await storage.apply(store, identifiers.map(lookUp));
  const people = new Map<string, Set<string>>();
  for (const [at, outcome] of outcomes.entries()) {
    const identifier = identifiers[at];
    if (identifier === undefined || outcome.kind === "missing") throw new Error("The upsert has no outcome.");
    people.set(outcome.id, (people.get(outcome.id) ?? new Set()).add(identifierKey(identifier)));
  }
  return inOrder(people.values());
}

const lookUp = (identifier: Identifier) => ({ ...upsert({}, newProfileId()), identifiers: [identifier] });

function inOrder(people: Iterable<ReadonlySet<string>>): People {
  return [...people].map((person) => [...person].sort()).sort(([one = ""], [other = ""]) => (one < other ? -1 : 1));
}
