import type { Fault } from "../../../support/faulty-proxy.ts";
import { contactOf, type ProxiedRequest, type ProxiedResponse } from "../../../support/proxied-messages.ts";
import { Ledger } from "../../ledger.ts";
import { accepting, altered, type PlantedBug, successOf } from "../../planted-bug.ts";

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

/** The effects of creates and patches. */
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
    name: "patch-unknown-202",
    breaks: "Patching a profile that does not exist returns 202.",
    in: ["patchProfileTraits"],
    foundBy: ["authentication", "model"],
    fault: accepting(["patchProfileTraits"], () => true, 404),
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
