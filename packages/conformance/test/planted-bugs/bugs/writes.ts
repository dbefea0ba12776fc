import type { Fault } from "../faulty-proxy.ts";
import { Ledger } from "../ledger.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse } from "../messages.ts";
import { accepting, altered, type PlantedBug, rewritten, successOf } from "../planted-bug.ts";

const contactOf = (response: ProxiedResponse): Record<string, unknown> =>
  Object(Object(Object(response.json).traits).Contact);
const itemsOf = (request: ProxiedRequest): unknown[] => {
  const { profiles } = Object(request.json);
  return Array.isArray(profiles) ? profiles : [];
};
const textOf = (value: unknown) => (typeof value === "string" ? value : undefined);
const isMatch = (response: ProxiedResponse) => response.status === 200;

/** The traits of a request that are valid on their own. */
function validTraits({ contact }: ProxiedRequest): Record<string, unknown> {
  const names = /^(firstName|lastName|email|phone|street|city|state|postalCode|country|preferredLanguage)$/;
  return Object.fromEntries(
    Object.entries(contact).filter(
      ([name, value]) => names.test(name) && typeof value === "string" && value.length <= 1024,
    ),
  );
}

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

/** Before a write to a profile, removes the traits that the write does not name. */
function replacing(operation: "createProfile" | "patchProfileTraits"): () => Fault {
  return () => {
    const ledger = new Ledger();
    return async (request, forward) => {
      const [owner] = operation === "createProfile" ? ledger.ownersOf(request) : [request.path["profileId"]];
      const sent = Object.keys(request.contact);
      const response = await forward(request);
      ledger.observe(request, response);
      if (request.operation !== operation || response.status !== 202 || owner === undefined || sent.length === 0)
        return response;
      const target = `/v1/Stores/${request.path["storeId"]}/Profiles/${owner}`;
      const now = contactOf(await forward(request.sibling("GET", target)));
      const others = Object.keys(now).filter((name) => !sent.includes(name) && name !== "email" && name !== "phone");
      if (others.length > 0) {
        const patch = request.sibling("PATCH", target).withHeader("Content-Type", "application/json");
        await forward(patch.withJson({ traits: { Contact: Object.fromEntries(others.map((name) => [name, null])) } }));
      }
      return response;
    };
  };
}

const mapStrings = (change: (value: string) => string) => (contact: Record<string, unknown>) =>
  Object.fromEntries(
    Object.entries(contact).map(([name, value]) => [name, typeof value === "string" ? change(value) : value]),
  );

/** The effects of create, patch, batch and delete. */
export const WRITE_BUGS: readonly PlantedBug[] = [
  {
    name: "patch-replaces-traits",
    breaks: "A patch removes the traits that it does not name.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: replacing("patchProfileTraits"),
  },
  {
    name: "empty-patch-clears",
    breaks: "A patch without traits removes all traits that identify nobody.",
    in: ["patchProfileTraits"],
    foundBy: ["model"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      const isEmpty = request.operation === "patchProfileTraits" && Object.keys(request.contact).length === 0;
      if (!isEmpty || response.status !== 202) return response;
      const now = contactOf(await forward(request.sibling("GET", request.target)));
      const names = Object.keys(now).filter((name) => name !== "email" && name !== "phone");
      const Contact = Object.fromEntries(names.map((name) => [name, null]));
      if (names.length > 0) await forward(request.withJson({ traits: { Contact } }));
      return response;
    },
  },
  {
    name: "create-replaces-traits",
    breaks: "A create of an existing profile removes the traits that it does not name.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: replacing("createProfile"),
  },
  {
    name: "create-never-updates",
    breaks: "A create of an existing profile changes nothing.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      return async (request, forward) => {
        const owners = request.operation === "createProfile" ? ledger.ownersOf(request) : [];
        if (owners.length === 1) {
          const { email, phone } = request.contact;
          const isValid = Object.values(request.contact).every(
            (value) => typeof value === "string" && value.length <= 1024,
          );
          const identifiers = { ...(email !== undefined && { email }), ...(phone !== undefined && { phone }) };
          return forward(isValid ? request.withJson({ traits: { Contact: identifiers } }) : request);
        }
        const response = await forward(request);
        ledger.observe(request, response);
        return response;
      };
    },
  },
  {
    name: "patch-ignored",
    breaks: "A patch is accepted and has no effect.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      if (request.operation !== "patchProfileTraits") return forward(request);
      const found = await forward(request.sibling("GET", request.target));
      return isMatch(found) &&
        Object.values(request.contact).every((value) => value === null || typeof value === "string")
        ? successOf(request)
        : forward(request);
    },
  },
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
    name: "batch-partially-applied",
    breaks: "The valid items of a rejected batch are applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "updateProfilesBulk" || response.status !== 400) return response;
      for (const item of itemsOf(request).slice(0, 20)) await forward(request.withJson({ profiles: [item] }));
      return response;
    },
  },
  {
    name: "batch-skips-invalid-items",
    breaks: "A batch with an invalid item is accepted, and that item is skipped.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: accepting(
      ["updateProfilesBulk"],
      (request) => itemsOf(request).length > 1 && itemsOf(request).length <= 1000,
    ),
  },
  {
    name: "batch-in-reverse-order",
    breaks: "The items of a batch are applied in reverse order.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["updateProfilesBulk"], (request) =>
      itemsOf(request).length > 1
        ? request.withJson({ ...Object(request.json), profiles: itemsOf(request).toReversed() })
        : request,
    ),
  },
  {
    name: "batch-drops-last-item",
    breaks: "The last item of a batch is not applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      const items = itemsOf(request);
      const { storeId } = request.path;
      if (request.operation !== "updateProfilesBulk" || items.length < 2 || items.length > 1000)
        return forward(request);
      const isValid = items.every((item) => {
        const contact = Object(Object(Object(item).traits).Contact);
        return typeof contact.email === "string" && Object.values(contact).every((value) => typeof value === "string");
      });
      return storeId !== undefined && isValid
        ? forward(request.withJson({ profiles: items.slice(0, -1) }))
        : forward(request);
    },
  },
  {
    name: "batch-overwrites-duplicates",
    breaks: "Of two items of a batch for one person, only the last is applied.",
    in: ["updateProfilesBulk"],
    foundBy: ["model", "concurrency"],
    fault: rewritten(["updateProfilesBulk"], (request) => {
      const identityOf = (item: unknown) => {
        const { email, phone } = Object(Object(Object(item).traits).Contact);
        return textOf(email)?.toLowerCase() ?? textOf(phone);
      };
      const items = itemsOf(request);
      const kept = items.filter(
        (item, at) => !items.slice(at + 1).some((later) => identityOf(later) === identityOf(item)),
      );
      const isValid = items.every((item) => identityOf(item) !== undefined);
      return isValid && kept.length < items.length
        ? request.withJson({ ...Object(request.json), profiles: kept })
        : request;
    }),
  },
  {
    name: "delete-ignored",
    breaks: "A delete is accepted and has no effect.",
    in: ["deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => async (request, forward) => {
      if (request.operation !== "deleteProfile") return forward(request);
      const found = await forward(request.sibling("GET", request.target));
      return isMatch(found) ? successOf(request) : forward(request);
    },
  },
  {
    name: "delete-twice-202",
    breaks: "Deleting a deleted profile returns 202.",
    in: ["deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const deleted = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "deleteProfile") return response;
        const { profileId } = request.path;
        if (response.status === 202) deleted.add(profileId);
        return response.status === 404 && deleted.has(profileId) ? successOf(request) : response;
      };
    },
  },
  {
    name: "delete-unknown-202",
    breaks: "Deleting a profile that never existed returns 202.",
    in: ["deleteProfile"],
    foundBy: ["authentication", "model"],
    fault: accepting(["deleteProfile"], () => true, 404),
  },
  {
    name: "patch-unknown-202",
    breaks: "Patching a profile that does not exist returns 202.",
    in: ["patchProfileTraits"],
    foundBy: ["authentication", "model"],
    fault: accepting(["patchProfileTraits"], () => true, 404),
  },
  {
    name: "deleted-profile-fetched",
    breaks: "A deleted profile can still be fetched.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const last = new Map<string, ProxiedResponse>();
      return async (request, forward) => {
        const response = await forward(request);
        const id = request.path["profileId"] ?? "";
        if (request.operation === "deleteProfile" && response.status === 202 && !last.has(id)) {
          last.set(id, jsonResponse(200, { id, createdAt: "2026-01-01T00:00:00.000Z", traits: {} }));
        }
        if (request.operation !== "fetchProfile") return response;
        if (isMatch(response)) last.set(id, response);
        return response.status === 404 ? (last.get(id) ?? response) : response;
      };
    },
  },
  {
    name: "delete-keeps-identifiers",
    breaks: "The identifiers of a deleted profile are not free: a create returns the deleted ID.",
    in: ["createProfile", "deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      const deleted = new Set<string>();
      return async (request, forward) => {
        const [owner] = request.operation === "createProfile" ? ledger.ownersOf(request) : [];
        if (owner !== undefined && deleted.has(owner)) return successOf(request).withProperties({ id: owner });
        const response = await forward(request);
        ledger.observe(request, response);
        if (request.operation === "deleteProfile" && response.status === 202)
          deleted.add(request.path["profileId"] ?? "");
        return response;
      };
    },
  },
  {
    name: "delete-restores-on-create",
    breaks: "Creating a profile again after its deletion brings back its old traits.",
    in: ["createProfile", "deleteProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const ledger = new Ledger();
      const lost = new Map<string, Record<string, unknown>>();
      return async (request, forward) => {
        const [owner] = request.operation === "createProfile" ? ledger.ownersOf(request) : [];
        const { profileId = "", storeId } = request.path;
        if (request.operation === "deleteProfile") {
          const found = await forward(request.sibling("GET", request.target));
          if (isMatch(found)) lost.set(profileId, contactOf(found));
        }
        const old = owner === undefined ? undefined : lost.get(owner);
        const response = await forward(request);
        ledger.observe(request, response);
        if (old !== undefined && response.status === 202) {
          const { email: _, phone: __, ...rest } = old;
          const missing = Object.fromEntries(Object.entries(rest).filter(([name]) => !(name in request.contact)));
          const target = `/v1/Stores/${storeId}/Profiles/${Object(response.json).id}`;
          const patch = request.sibling("PATCH", target).withHeader("Content-Type", "application/json");
          if (Object.keys(missing).length > 0) await forward(patch.withJson({ traits: { Contact: missing } }));
        }
        return response;
      };
    },
  },
  {
    name: "created-never-visible",
    breaks: "A create returns an ID that never exists.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: altered(["createProfile"], 202, (_, request) => successOf(request)),
  },
  {
    name: "new-id-for-known-profile",
    breaks: "A create of an existing profile returns a new ID each time.",
    in: ["createProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const seen = new Set<string>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "createProfile" || response.status !== 202) return response;
        const id = String(Object(response.json).id);
        if (seen.has(id)) return successOf(request);
        seen.add(id);
        return response;
      };
    },
  },
  {
    name: "patched-value-never-visible",
    breaks: "A fetch shows the state of the first fetch from then on.",
    in: ["fetchProfile"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const first = new Map<string, ProxiedResponse>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "fetchProfile" || !isMatch(response)) return response;
        const known = first.get(request.target);
        if (known === undefined) first.set(request.target, response);
        return known ?? response;
      };
    },
  },
  {
    name: "created-at-changes",
    breaks: "A patch changes the createdAt of the profile.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "concurrency"],
    fault: () => {
      const times = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        const id = request.path["profileId"] ?? "";
        if (request.operation === "patchProfileTraits" && response.status === 202)
          times.set(id, new Date().toISOString());
        const time = times.get(id);
        return request.operation === "fetchProfile" && isMatch(response) && time !== undefined
          ? response.withProperties({ createdAt: time })
          : response;
      };
    },
  },
  {
    name: "rejected-write-applied",
    breaks: "A patch with an invalid trait is rejected, but its valid traits are applied.",
    in: ["patchProfileTraits"],
    foundBy: ["model", "requests"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "patchProfileTraits" || response.status !== 400) return response;
      const { email: _, phone: __, ...valid } = validTraits(request);
      if (Object.keys(valid).length > 0) await forward(request.withJson({ traits: { Contact: valid } }));
      return response;
    },
  },
  {
    name: "rejected-create-applied",
    breaks: "A create with an invalid trait is rejected, but the profile is created.",
    in: ["createProfile"],
    foundBy: ["model", "requests"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "createProfile" || response.status !== 400) return response;
      const valid = validTraits(request);
      if (Object.keys(valid).length > 0) await forward(request.withJson({ traits: { Contact: valid } }));
      return response;
    },
  },
];
