import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import { contactOf, type ProxiedRequest, type ProxiedResponse, textOf } from "../../../support/proxied-messages.ts";
import { Ledger, Substitution, unusedEmail, unusedPhone } from "../../ledger.ts";
import type { PlantedBug } from "../../planted-bug.ts";

const pathOf = (request: ProxiedRequest, id: string) => `/v1/Stores/${request.path["storeId"]}/Profiles/${id}`;

/** Makes the responses look as if another of the merged profiles were canonical. */
function keeping(choose: (merged: string, canonical: string) => string): () => Fault {
  return () => {
    const ledger = new Ledger();
    const swapped = new Map<string, string>();
    const swap = (text: string) => text.replaceAll(/mem_profile_[0-9a-z]{26}/g, (id) => swapped.get(id) ?? id);
    return async (request, forward) => {
      const response = await forward(request.with({ target: swap(request.target) }));
      const owners = ledger.ownersOf(request);
      const merged = ledger.observe(request, response);
      if (merged.length === 1 && owners.length === 2 && !owners.some((id) => swapped.has(id))) {
        const [loser = ""] = merged;
        const canonical = ledger.resolve(loser);
        const other = choose(loser, canonical);
        if (other !== canonical) {
          swapped.set(canonical, other);
          swapped.set(other, canonical);
        }
      }
      return withSwapped(response, swap);
    };
  };
}

function withSwapped(response: ProxiedResponse, swap: (text: string) => string): ProxiedResponse {
  const text = response.body.toString();
  const changed = swap(text);
  let result = changed === text ? response : response.withBody(changed);
  for (const name of ["Location", "Canonical-Profile-Id"]) {
    const value = response.header(name);
    if (value !== undefined) result = result.withHeader(name, swap(value));
  }
  return result;
}

/** Changes the canonical profile after a merge, so that other traits survive than those that were written last. */
function surviving(
  choose: (
    older: Record<string, unknown>,
    newer: Record<string, unknown>,
    sent: Readonly<Record<string, unknown>>,
  ) => Record<string, unknown>,
): () => Fault {
  return () => {
    const ledger = new Ledger();
    return async (request, forward) => {
      const owners = request.operation === "createProfile" ? ledger.ownersOf(request) : [];
      const fetched = [];
      if (owners.length === 2) {
        for (const id of owners) fetched.push(await forward(request.sibling("GET", pathOf(request, id))));
      }
      const response = await forward(request);
      ledger.observe(request, response);
      const [older, newer] = fetched.map(contactOf);
      if (older === undefined || newer === undefined || response.status !== 202) return response;
      const Contact = choose(older, newer, request.contact);
      if (Object.keys(Contact).length === 0) return response;
      const target = pathOf(request, String(Object(response.json).id));
      const patch = request.sibling("PATCH", target).withHeader("Content-Type", "application/json");
      await forward(patch.withJson({ traits: { Contact } }));
      return response;
    };
  };
}

const isPlain = ([name]: readonly [string, unknown]) => name !== "email" && name !== "phone";

/** Which profile and which values survive a merge. */
export const MERGE_BUGS: readonly PlantedBug[] = [
  {
    name: "bridge-merges-nothing",
    breaks: "A create with the identifiers of two profiles updates one and merges nothing.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        const isBridge = request.operation === "createProfile" && ledger.ownersOf(request).length > 1;
        const response = await forward(isBridge ? request.withContact({ phone: undefined }) : request);
        if (!isBridge) ledger.observe(request, response);
        return response;
      };
    },
  },
  {
    name: "bridge-conflict",
    breaks: "A create with the identifiers of two profiles returns 409.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        if (request.operation === "createProfile" && ledger.ownersOf(request).length > 1)
          return errorResponse(409, 20409);
        const response = await forward(request);
        ledger.observe(request, response);
        return response;
      };
    },
  },
  {
    name: "patch-merges-nothing",
    breaks: "A patch with an identifier of another profile ignores that identifier.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        if (request.operation === "patchProfileTraits") {
          const { profileId = "" } = request.path;
          const isBridge = ledger.ownersOf(request).some((owner) => owner !== ledger.resolve(profileId));
          return forward(isBridge ? request.withContact({ email: undefined, phone: undefined }) : request);
        }
        const response = await forward(request);
        ledger.observe(request, response);
        return response;
      };
    },
  },
  {
    name: "merge-keeps-newest",
    breaks: "A merge keeps the newest profile instead of the earliest.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: keeping((merged) => merged),
  },
  {
    name: "merge-keeps-owner-of-email",
    breaks: "A merge keeps the profile of the email address, so its result depends on the order of the identifiers.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const emails = new Set<string>();
      const inner = keeping((merged, canonical) => (emails.has(merged) ? merged : canonical))();
      return async (request, forward) => {
        const response = await inner(request, forward);
        const isByEmail = textOf(request.contact["email"]) !== undefined && request.contact["phone"] === undefined;
        if (request.operation === "createProfile" && isByEmail) emails.add(String(Object(response.json).id));
        return response;
      };
    },
  },
  {
    name: "merge-loses-identifiers",
    breaks: "The identifiers of a merged profile are free after the merge.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      const values = new Substitution();
      const phones = new Map<string, string>();
      return async (request, forward) => {
        const response = values.response(await forward(values.request(request)));
        if (request.operation !== "createProfile" || response.status !== 202) return response;
        const phone = textOf(request.contact["phone"]);
        const id = String(Object(response.json).id);
        const merged = ledger.observe(request, response);
        if (phone !== undefined && merged.some((each) => phones.get(each) === phone)) values.add(phone, unusedPhone());
        if (phone !== undefined && request.contact["email"] === undefined) phones.set(id, phone);
        const email = textOf(request.contact["email"]);
        if (email !== undefined && merged.some((each) => phones.get(each) === email)) values.add(email, unusedEmail());
        if (email !== undefined && phone === undefined) phones.set(id, email);
        return response;
      };
    },
  },
  {
    name: "merge-first-value-wins",
    breaks: "In a merge, the value of the canonical profile wins over a later one.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: surviving((older, newer, sent) =>
      Object.fromEntries(
        Object.entries(older).filter(
          ([name, value]) => isPlain([name, value]) && name in newer && newer[name] !== value && !(name in sent),
        ),
      ),
    ),
  },
  {
    name: "merge-loses-traits",
    breaks: "In a merge, the traits of the merged profile are lost.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: surviving((older, newer, sent) =>
      Object.fromEntries(
        Object.keys(newer)
          .filter((name) => isPlain([name, null]) && !(name in older) && !(name in sent))
          .map((name) => [name, null]),
      ),
    ),
  },
  {
    name: "merge-request-loses",
    breaks: "In a merge, existing values win over those of the request.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: surviving((older, newer, sent) =>
      Object.fromEntries(
        Object.entries({ ...older, ...newer }).filter(
          ([name, value]) => isPlain([name, value]) && name in sent && sent[name] !== value,
        ),
      ),
    ),
  },
  {
    name: "removed-trait-returns-after-merge",
    breaks: "A trait that was removed returns with the older value of a merged profile.",
    in: ["createProfile", "patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const last = new Map<string, Record<string, unknown>>();
      const ledger = new Ledger();
      return async (request, forward) => {
        const owners = request.operation === "createProfile" ? ledger.ownersOf(request) : [];
        const response = await forward(request);
        const id = request.path["profileId"] ?? String(Object(response.json).id);
        if (response.status === 202 && /createProfile|patchProfileTraits/.test(request.operation ?? "")) {
          const known = owners.map((owner) => last.get(owner) ?? {});
          const set = Object.fromEntries(Object.entries(request.contact).filter(([, value]) => value !== null));
          last.set(id, Object.assign({}, ...known.toReversed(), last.get(id), set));
        }
        const merged = ledger.observe(request, response);
        if (merged.length === 0) return response;
        const target = pathOf(request, id);
        const now = contactOf(await forward(request.sibling("GET", target)));
        const Contact = Object.fromEntries(
          Object.entries(last.get(id) ?? {}).filter((each) => isPlain(each) && !(each[0] in now)),
        );
        if (Object.keys(Contact).length > 0) {
          const patch = request.sibling("PATCH", target).withHeader("Content-Type", "application/json");
          await forward(patch.withJson({ traits: { Contact } }));
        }
        return response;
      };
    },
  },
  {
    name: "merge-takes-newest-created-at",
    breaks: "After a merge, the createdAt of the profile is that of the newest one.",
    in: ["createProfile", "fetchProfile"],
    foundBy: ["model"],
    fault: () => {
      const ledger = new Ledger();
      const times = new Map<string, string>();
      return async (request, forward) => {
        const owners = ledger.ownersOf(request);
        const base = request.target.split("?")[0];
        const newest =
          request.operation === "createProfile" && owners.length > 1
            ? Object((await forward(request.sibling("GET", `${base}/${owners.at(-1)}`))).json).createdAt
            : undefined;
        const response = await forward(request);
        ledger.observe(request, response);
        if (typeof newest === "string" && response.status === 202) times.set(String(Object(response.json).id), newest);
        const createdAt = times.get(request.path["profileId"] ?? "");
        const isAltered = request.operation === "fetchProfile" && response.status === 200 && createdAt !== undefined;
        return isAltered ? response.withProperties({ createdAt }) : response;
      };
    },
  },
];
