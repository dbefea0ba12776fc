import type { Fault } from "../faulty-proxy.ts";
import { Ledger, Substitution, unusedEmail, unusedPhone } from "../ledger.ts";
import { errorResponse, type ProxiedRequest, type ProxiedResponse } from "../messages.ts";
import { altered, type PlantedBug } from "../planted-bug.ts";

const PROFILE = ["fetchProfile", "patchProfileTraits", "deleteProfile"] as const;
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const pathOf = (request: ProxiedRequest, id: string) => `/v1/Stores/${request.path["storeId"]}/Profiles/${id}`;

/** Replaces values on their way to the server, and back. */
function substituting(choose: (request: ProxiedRequest, values: Substitution) => void): () => Fault {
  return () => {
    const values = new Substitution();
    return async (request, forward) => {
      choose(request, values);
      return values.response(await forward(values.request(request)));
    };
  };
}

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

const contactOf = (response: ProxiedResponse): Record<string, unknown> =>
  Object(Object(Object(response.json).traits).Contact);

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

/** Matching, merging and redirects. */
export const IDENTITY_BUGS: readonly PlantedBug[] = [
  {
    name: "email-case-sensitive",
    breaks: "Email addresses in another case are other identifiers.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const email = textOf(contact["email"]);
      if (email !== undefined && email !== email.toLowerCase() && !values.has(email)) values.add(email, unusedEmail());
    }),
  },
  {
    name: "email-spaces-kept",
    breaks: "Spaces around an email address make another identifier.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const email = textOf(contact["email"]);
      if (email !== undefined && /\s/.test(email) && /\S/.test(email) && !values.has(email))
        values.add(email, unusedEmail());
    }),
  },
  {
    name: "phone-not-normalized",
    breaks: "Another spelling of a phone number is another identifier.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: substituting(({ contact }, values) => {
      const phone = textOf(contact["phone"]);
      const isOther = phone !== undefined && /\d{3}.*\d{4}/.test(phone) && !/^\+\d+$/.test(phone);
      if (isOther && !values.has(phone)) values.add(phone, unusedPhone());
    }),
  },
  {
    name: "phone-never-an-identifier",
    breaks: "The phone number identifies nobody.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const seen = new Set<string>();
      const values = new Substitution();
      return async (request, forward) => {
        const phone = textOf(request.contact["phone"]);
        if (request.operation !== "createProfile" || phone === undefined)
          return values.response(await forward(request));
        if (!seen.has(phone)) {
          seen.add(phone);
          return values.response(await forward(request));
        }
        const substitute = unusedPhone();
        values.add(phone, substitute);
        return values.response(await forward(request.withContact({ phone: substitute })));
      };
    },
  },
  {
    name: "every-create-is-new",
    breaks: "Every create makes a new profile.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const seen = new Set<string>();
      const values = new Substitution();
      return async (request, forward) => {
        const email = textOf(request.contact["email"]);
        if (request.operation !== "createProfile" || email === undefined)
          return values.response(await forward(request));
        if (seen.has(email)) values.add(email, unusedEmail());
        seen.add(email);
        return values.response(await forward(values.request(request)));
      };
    },
  },
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
    name: "redirect-302",
    breaks: "Fetching a merged profile returns 302 instead of 301.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["fetchProfile"], 301, (response) => response.withStatus(302)),
  },
  {
    name: "redirect-301-for-writes",
    breaks: "Patching or deleting a merged profile returns 301, which allows clients to change the method.",
    in: ["patchProfileTraits", "deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["patchProfileTraits", "deleteProfile"], 308, (response) => response.withStatus(301)),
  },
  {
    name: "redirect-308-for-fetch",
    breaks: "Fetching a merged profile returns 308 instead of 301.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["fetchProfile"], 301, (response) => response.withStatus(308)),
  },
  {
    name: "merged-profile-404",
    breaks: "A merged profile returns 404 instead of a redirect.",
    in: [...PROFILE],
    foundBy: ["model", "concurrency"],
    fault: altered([...PROFILE], "any", (response) =>
      response.status === 301 || response.status === 308 ? errorResponse(404, 20404) : response,
    ),
  },
  {
    name: "merged-profile-200",
    breaks: "Fetching a merged profile returns the canonical profile instead of a redirect.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const id = response.header("canonical-profile-id");
      if (request.operation !== "fetchProfile" || response.status !== 301 || id === undefined) return response;
      return forward(request.sibling("GET", pathOf(request, id)));
    },
  },
  {
    name: "patch-of-merged-accepted",
    breaks: "A patch of a merged profile is accepted and lost.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: altered(["patchProfileTraits"], 308, (response) =>
      response
        .withHeader("Location", undefined)
        .withHeader("Canonical-Profile-Id", undefined)
        .withStatus(202)
        .withBody('{"message":"The patch was accepted."}'),
    ),
  },
  {
    name: "delete-of-merged-deletes-canonical",
    breaks: "Deleting a merged profile deletes the canonical one.",
    in: ["deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const id = response.header("canonical-profile-id");
      if (request.operation !== "deleteProfile" || response.status !== 308 || id === undefined) return response;
      await forward(request.sibling("DELETE", pathOf(request, id)));
      return response;
    },
  },
  {
    name: "redirect-chain",
    breaks: "After a second merge, the first redirect points to a profile that redirects itself.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      const first = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        for (const merged of ledger.observe(request, response)) {
          if (!first.has(merged)) first.set(merged, String(Object(response.json).id));
        }
        const { profileId = "" } = request.path;
        const target = first.get(profileId);
        if (response.status !== 301 || target === undefined) return response;
        const uri = `http://${request.header("host")}${pathOf(request, target)}`;
        return response.withHeader("Location", uri).withHeader("Canonical-Profile-Id", target).withProperties({ uri });
      };
    },
  },
  {
    name: "redirect-to-deleted",
    breaks: "After the canonical profile is deleted, the merged one still redirects to it.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        const response = await forward(request);
        ledger.observe(request, response);
        const { profileId = "" } = request.path;
        const target = ledger.resolve(profileId);
        if (request.operation !== "fetchProfile" || response.status !== 404 || target === profileId) return response;
        const uri = `http://${request.header("host")}${pathOf(request, target)}`;
        return response
          .withStatus(301)
          .withBody(JSON.stringify({ message: "The profile was merged into another profile.", uri }))
          .withHeader("Location", uri)
          .withHeader("Canonical-Profile-Id", target);
      };
    },
  },
  {
    name: "stores-share-identifiers",
    breaks: "Identifiers resolve across stores.",
    in: ["createProfile"],
    foundBy: ["authentication", "model"],
    fault: () => {
      const owners = new Map<string, { readonly store: string; readonly id: string }>();
      return async (request, forward) => {
        const response = await forward(request);
        const email = textOf(request.contact["email"]);
        if (request.operation !== "createProfile" || response.status !== 202 || email === undefined) return response;
        const known = owners.get(email);
        const store = request.path["storeId"] ?? "";
        if (known !== undefined && known.store !== store) return response.withProperties({ id: known.id });
        owners.set(email, { store, id: String(Object(response.json).id) });
        return response;
      };
    },
  },
  {
    name: "identifier-history-lost",
    breaks: "Changing an email address frees the old one.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const current = new Map<string, string>();
      const values = new Substitution();
      return async (request, forward) => {
        const response = values.response(await forward(values.request(request)));
        const email = textOf(request.contact["email"]);
        if (response.status !== 202 || email === undefined) return response;
        const id = request.path["profileId"] ?? String(Object(response.json).id);
        const old = current.get(id);
        if (old !== undefined && old !== email) values.add(old, unusedEmail());
        current.set(id, email);
        return response;
      };
    },
  },
  {
    name: "removed-identifier-kept",
    breaks: "Removing the email address of a profile keeps it as an identifier.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const removed = new Set<string>();
      return async (request, forward) => {
        const id = request.path["profileId"] ?? "";
        const isRemoval = request.operation === "patchProfileTraits" && request.contact["email"] === null;
        const response = await forward(isRemoval ? request.withContact({ email: undefined }) : request);
        if (isRemoval && response.status === 202) removed.add(id);
        if (request.operation !== "fetchProfile" || response.status !== 200 || !removed.has(id)) return response;
        const { email: _, ...Contact } = contactOf(response);
        return response.withProperties({ traits: { Contact } });
      };
    },
  },
  {
    name: "values-stored-normalized",
    breaks: "The email address of a profile is returned in lower case instead of as it was sent.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["fetchProfile"], 200, (response) => {
      const Contact = contactOf(response);
      const email = textOf(Contact["email"]);
      return email === undefined
        ? response
        : response.withProperties({ traits: { Contact: { ...Contact, email: email.toLowerCase() } } });
    }),
  },
];
