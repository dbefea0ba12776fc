import { contactOf, jsonResponse, type ProxiedResponse } from "../../../support/proxied-messages.ts";
import { Ledger } from "../../ledger.ts";
import { accepting, type PlantedBug, successOf } from "../../planted-bug.ts";

const isMatch = (response: ProxiedResponse) => response.status === 200;

/** Deletions. */
export const DELETE_BUGS: readonly PlantedBug[] = [
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
    name: "delete-keeps-phone",
    breaks: "The phone number of a deleted profile is not free: a create returns the deleted ID.",
    in: ["createProfile", "deleteProfile"],
    foundBy: ["model"],
    fault: () => {
      const ledger = new Ledger();
      const deleted = new Set<string>();
      return async (request, forward) => {
        const isByPhone = request.operation === "createProfile" && request.contact["email"] === undefined;
        const [owner] = isByPhone ? ledger.ownersOf(request) : [];
        if (owner !== undefined && deleted.has(owner)) return successOf(request).withProperties({ id: owner });
        const response = await forward(request);
        ledger.observe(request, response);
        const { profileId = "" } = request.path;
        if (request.operation === "deleteProfile" && response.status === 202) deleted.add(profileId);
        return response;
      };
    },
  },
];
