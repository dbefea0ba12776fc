import type { Fault } from "../faulty-proxy.ts";
import type { ProxiedResponse } from "../messages.ts";
import { altered, type PlantedBug, rewritten } from "../planted-bug.ts";

const contactOf = (response: ProxiedResponse): Record<string, unknown> =>
  Object(Object(Object(response.json).traits).Contact);
const isPlain = (name: string) => name !== "email" && name !== "phone";

/** After a patch, removes more traits than it names. */
function removingMore(when: (contact: Readonly<Record<string, unknown>>, traits: object) => boolean): () => Fault {
  return () => async (request, forward) => {
    const response = await forward(request);
    const isPatch = request.operation === "patchProfileTraits" && response.status === 202;
    if (!isPatch || !when(request.contact, Object(Object(request.json).traits))) return response;
    const now = contactOf(await forward(request.sibling("GET", request.target)));
    const names = Object.keys(now).filter((name) => isPlain(name) && !(name in request.contact));
    const Contact = Object.fromEntries(names.map((name) => [name, null]));
    if (names.length > 0) await forward(request.withJson({ traits: { Contact } }));
    return response;
  };
}

/** How values are stored, and what removes them. */
export const VALUE_BUGS: readonly PlantedBug[] = [
  {
    name: "leading-zeros-lost",
    breaks: "A value that consists of digits is stored as a number, and loses its leading zeros.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["model", "requests", "parameters"],
    fault: altered(["fetchProfile"], 200, (response) => {
      const { traits } = Object(response.json);
      const contact = Object.entries(contactOf(response));
      if (contact.length === 0) return response;
      const changed = contact.map(([name, value]) => [
        name,
        typeof value === "string" && /^0\d+$/.test(value) ? value.replace(/^0+(?=\d)/, "") : value,
      ]);
      return response.withProperties({ traits: { ...traits, Contact: Object.fromEntries(changed) } });
    }),
  },
  {
    name: "null-removes-group",
    breaks: "A null in a patch removes all other traits of the group that identify nobody.",
    in: ["patchProfileTraits"],
    foundBy: ["model"],
    fault: removingMore((contact) => Object.entries(contact).some(([name, value]) => isPlain(name) && value === null)),
  },
  {
    name: "empty-group-clears",
    breaks: "A patch with an empty trait group removes all traits of the group that identify nobody.",
    in: ["patchProfileTraits"],
    foundBy: ["model"],
    fault: removingMore((contact, traits) => "Contact" in traits && Object.keys(contact).length === 0),
  },
  {
    name: "trait-group-case-ignored",
    breaks: "The names in traitGroups match in any case.",
    in: ["fetchProfile"],
    foundBy: ["parameters", "model"],
    fault: rewritten(["fetchProfile"], (request) => {
      const names = request.query.get("traitGroups");
      return names === null ? request : request.withQuery("traitGroups", names.replaceAll(/\bcontact\b/gi, "Contact"));
    }),
  },
];
