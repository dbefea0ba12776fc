import type { Fault } from "../../../support/faulty-proxy.ts";
import { contactOf, type ProxiedRequest, type ProxiedResponse } from "../../../support/proxied-messages.ts";
import { altered, type PlantedBug, rewritten } from "../../planted-bug.ts";

const isMatch = (response: ProxiedResponse) => response.status === 200;

/** Alters the trait group `Contact` of fetched profiles. */
function fetched(
  alter: (contact: Record<string, unknown>, request: ProxiedRequest) => Record<string, unknown>,
): () => Fault {
  return altered(["fetchProfile"], 200, (response, request) => {
    const { traits } = Object(response.json);
    if (Object(traits).Contact === undefined) return response;
    const Contact = alter(contactOf(response), request);
    const isSame = JSON.stringify(Contact) === JSON.stringify(contactOf(response));
    return isSame ? response : response.withProperties({ traits: { ...traits, Contact } });
  });
}

const mapStrings = (change: (value: string) => string) => (contact: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(contact).map(([name, value]) => [name, typeof value === "string" ? change(value) : value]),
  );

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
export const STORED_VALUE_BUGS: readonly PlantedBug[] = [
  {
    name: "null-stored",
    breaks: "A null in a patch is stored instead of removing the trait.",
    in: ["patchProfileTraits", "fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const removed = new Map<string, Set<string>>();
      return async (request, forward) => {
        const response = await forward(request);
        const id = request.path["profileId"] ?? "";
        if (request.operation === "patchProfileTraits" && response.status === 202) {
          const names = removed.get(id) ?? new Set();
          for (const [name, value] of Object.entries(request.contact)) if (value === null) names.add(name);
          removed.set(id, names);
        }
        if (request.operation !== "fetchProfile" || !isMatch(response)) return response;
        const nulls = Object.fromEntries([...(removed.get(id) ?? [])].map((name) => [name, null]));
        return response.withProperties({ traits: { Contact: { ...nulls, ...contactOf(response) } } });
      };
    },
  },
  {
    name: "null-ignored",
    breaks: "A null in a patch does not remove the trait.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["patchProfileTraits"], (request) => {
      const nulls = Object.entries(request.contact).filter(([, value]) => value === null);
      return nulls.length === 0
        ? request
        : request.withContact(Object.fromEntries(nulls.map(([name]) => [name, undefined])));
    }),
  },
  {
    name: "null-empties",
    breaks: "A null in a patch sets the trait to the empty string.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["patchProfileTraits"], (request) => {
      const nulls = Object.entries(request.contact).filter(([, value]) => value === null);
      return nulls.length === 0 ? request : request.withContact(Object.fromEntries(nulls.map(([name]) => [name, ""])));
    }),
  },
  {
    name: "empty-value-removes",
    breaks: "An empty string removes the trait.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: fetched((contact) => Object.fromEntries(Object.entries(contact).filter(([, value]) => value !== ""))),
  },
  {
    name: "values-trimmed",
    breaks: "Spaces around values are lost.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model", "requests"],
    fault: fetched(mapStrings((value) => value.trim())),
  },
  {
    name: "values-cut-at-255",
    breaks: "Values are cut after 255 characters.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model", "requests"],
    fault: fetched(mapStrings((value) => value.slice(0, 255))),
  },
  {
    name: "values-in-latin-1",
    breaks: "Characters outside Latin-1 are replaced by question marks.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model", "requests"],
    fault: fetched(mapStrings((value) => value.replaceAll(/[^\0-\xff]/gu, "?"))),
  },
  {
    name: "values-normalized-nfkc",
    breaks: "Values are changed to another Unicode normalization form.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model", "requests"],
    fault: fetched(mapStrings((value) => (value.isWellFormed() ? value.normalize("NFKC") : value))),
  },
  {
    name: "values-escaped",
    breaks: "Values are returned with HTML entities.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model", "requests"],
    fault: fetched(
      mapStrings((value) => value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll("'", "&#39;")),
    ),
  },
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
];
