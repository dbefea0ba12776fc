import { errorResponse } from "../../../support/errors.ts";
import type { ProxiedRequest } from "../../../support/proxied-messages.ts";
import { Ledger } from "../../ledger.ts";
import { altered, type PlantedBug, successOf } from "../../planted-bug.ts";

const PROFILE = ["fetchProfile", "patchProfileTraits", "deleteProfile"] as const;

const pathOf = (request: ProxiedRequest, id: string) => `/v1/Stores/${request.path["storeId"]}/Profiles/${id}`;

/** What a merged ID leads to. */
export const MERGED_ID_BUGS: readonly PlantedBug[] = [
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
