import { Ledger, Substitution, unusedEmail } from "../ledger.ts";
import { type PlantedBug, successOf } from "../planted-bug.ts";

/** Which profile an identifier leads to. */
export const IDENTIFIER_BUGS: readonly PlantedBug[] = [
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
  {
    name: "patched-email-identifies-nobody",
    breaks: "An email address that a patch sets identifies nobody.",
    in: ["patchProfileTraits"],
    foundBy: ["model"],
    fault: () => {
      const values = new Substitution();
      return async (request, forward) => {
        const { email } = request.contact;
        if (request.operation !== "patchProfileTraits" || typeof email !== "string" || email.trim() === "")
          return values.response(await forward(request));
        const substitute = unusedEmail();
        values.add(email, substitute);
        return values.response(await forward(request.withContact({ email: substitute })));
      };
    },
  },
  {
    name: "empty-email-identifies",
    breaks: "An empty email address is an identifier, so that everybody without one shares a profile.",
    in: ["createProfile"],
    foundBy: ["model", "requests"],
    fault: () => {
      const values = new Substitution();
      const substitute = unusedEmail();
      return async (request, forward) => {
        const { email } = request.contact;
        if (request.operation !== "createProfile" || typeof email !== "string" || email.trim() !== "")
          return values.response(await forward(request));
        values.add(email, substitute);
        return values.response(await forward(request.withContact({ email: substitute })));
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
  {
    name: "delete-of-merged-202",
    breaks: "Deleting a merged profile is accepted and has no effect.",
    in: ["deleteProfile"],
    foundBy: ["model"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      return request.operation === "deleteProfile" && response.status === 308 ? successOf(request) : response;
    },
  },
];
