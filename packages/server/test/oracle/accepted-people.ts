import type { ProfileId } from "@memory-api/types";
import { Components } from "./components.ts";
import type { AcceptedRequest } from "./traffic.ts";

/** All that was accepted of one person, whoever of them the requests took for another. */
export interface AcceptedPerson {
  readonly identifiers: Set<string>;
  /** IDs that answers told. */
  readonly ids: Set<ProfileId>;
  /** Which request wrote which value, trait by trait; the last to be answered, if there were several. */
  readonly traits: Map<string, Map<string, AcceptedRequest>>;
}

/** Finds out who is who by a union-find, whatever order the requests were applied in. */
export function acceptedPeople(accepted: readonly AcceptedRequest[]): AcceptedPerson[] {
  const components = new Components();
  for (const { people, profileId } of accepted) {
    for (const { identifiers } of people) components.join(profileId ? [profileId, ...identifiers] : identifiers);
  }
  const people = new Map<string, AcceptedPerson>();
  for (const request of accepted) {
    for (const { identifiers, traits } of request.people) {
      const root = components.rootOf(identifiers[0] ?? "");
      const person = people.get(root) ?? { identifiers: new Set(), ids: new Set(), traits: new Map() };
      people.set(root, person);
      for (const identifier of identifiers) person.identifiers.add(identifier);
      if (request.profileId !== undefined) person.ids.add(request.profileId);
      for (const [trait, value] of Object.entries(traits)) {
        const writes = person.traits.get(trait) ?? new Map();
        person.traits.set(trait, writes.set(value, request));
      }
    }
  }
  return [...people.values()];
}
