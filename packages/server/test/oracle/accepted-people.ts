import type { ProfileId } from "@memory-api/types";
import { Components } from "./components.ts";
import type { AcceptedRequest } from "./traffic.ts";

/** Everything that accepted requests wrote about one person. */
export interface AcceptedPerson {
  readonly identifiers: Set<string>;
  /** Profile IDs from requests and responses. */
  readonly ids: Set<ProfileId>;
  /** The request that wrote each value, by trait. If several wrote the same value, the one that ended last. */
  readonly traits: Map<string, Map<string, AcceptedRequest>>;
}

/** Groups accepted requests into people with a union-find, independently of the order in which they were applied. */
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
