import { profilesOf } from "../../../support/proxied-messages.ts";
import { ACCOUNT, OTHER_ACCOUNT } from "../../../support/start-server.ts";
import type { PlantedBug } from "../../planted-bug.ts";

/** Which profiles are listed. */
export const LISTED_PROFILE_BUGS: readonly PlantedBug[] = [
  {
    name: "list-shows-deleted",
    breaks: "Deleted profiles are listed.",
    in: ["listProfiles"],
    foundBy: ["paging", "model", "authentication"],
    fault: () => {
      const deleted = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { profileId = "", storeId = "" } = request.path;
        if (request.operation === "deleteProfile" && response.status === 202) deleted.set(profileId, storeId);
        const [last] = [...deleted].filter(([, store]) => store === storeId).slice(-1);
        const isFirst =
          request.operation === "listProfiles" && response.status === 200 && !request.query.has("pageToken");
        if (!isFirst || last === undefined) return response;
        const isAscending = request.query.get("orderBy") === "ASC";
        const profiles = [...profilesOf(response), last[0]].sort();
        return response.withProperties({ profiles: (isAscending ? profiles : profiles.reverse()).slice(0, 100) });
      };
    },
  },
  {
    name: "later-page-shows-deleted",
    breaks: "A page that is read after a profile was deleted still contains it, as when paging began.",
    in: ["listProfiles"],
    foundBy: ["paging"],
    fault: () => {
      const deleted: { readonly id: string; readonly store: string | undefined }[] = [];
      return async (request, forward) => {
        const response = await forward(request);
        const { profileId = "", storeId } = request.path;
        if (request.operation === "deleteProfile" && response.status === 202)
          deleted.push({ id: profileId, store: storeId });
        const isLater =
          request.operation === "listProfiles" && response.status === 200 && request.query.has("pageToken");
        if (!isLater) return response;
        const listed = profilesOf(response);
        const [least = "", ...others] = listed.toSorted();
        const greatest = others.at(-1) ?? least;
        const within = deleted.filter(({ id, store }) => store === storeId && least < id && id < greatest);
        if (within.length === 0) return response;
        const profiles = [...listed, ...within.map(({ id }) => id)].sort();
        const isAscending = request.query.get("orderBy") === "ASC";
        return response.withProperties({ profiles: (isAscending ? profiles : profiles.reverse()).slice(0, 100) });
      };
    },
  },
  {
    name: "list-shows-merged",
    breaks: "Merged profiles are listed.",
    in: ["listProfiles"],
    foundBy: ["paging", "model", "authentication"],
    fault: () => {
      const merged = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        const { profileId = "", storeId = "" } = request.path;
        if (response.status === 301 || response.status === 308) merged.set(profileId, storeId);
        const [last] = [...merged].filter(([, store]) => store === storeId).slice(-1);
        const isFirst =
          request.operation === "listProfiles" && response.status === 200 && !request.query.has("pageToken");
        if (!isFirst || last === undefined) return response;
        const isAscending = request.query.get("orderBy") === "ASC";
        const profiles = [...profilesOf(response), last[0]].sort();
        return response.withProperties({ profiles: (isAscending ? profiles : profiles.reverse()).slice(0, 100) });
      };
    },
  },
  {
    name: "list-omits-new",
    breaks: "A profile is not listed until another one is created.",
    in: ["listProfiles"],
    foundBy: ["paging", "model", "authentication"],
    fault: () => {
      let newest = "";
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation === "createProfile" && response.status === 202) newest = String(Object(response.json).id);
        if (request.operation !== "listProfiles" || response.status !== 200) return response;
        return response.withProperties({ profiles: profilesOf(response).filter((id) => id !== newest) });
      };
    },
  },
  {
    name: "list-of-all-stores",
    breaks: "A list contains profiles of other stores.",
    in: ["listProfiles"],
    foundBy: ["paging", "model", "authentication"],
    fault: () => async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "listProfiles" || response.status !== 200) return response;
      const other = request.path["storeId"] === ACCOUNT.storeId ? OTHER_ACCOUNT : ACCOUNT;
      const authorization = `Basic ${Buffer.from(`${other.username}:${other.password}`).toString("base64")}`;
      const target = request.target.replace(request.path["storeId"] ?? "", other.storeId);
      const more = await forward(request.with({ target }).withHeader("Authorization", authorization));
      const size = Math.min(100, Number(request.query.get("pageSize") ?? 50));
      const isAscending = request.query.get("orderBy") === "ASC";
      const profiles = [...profilesOf(response), ...profilesOf(more)].sort();
      return response.withProperties({ profiles: (isAscending ? profiles : profiles.reverse()).slice(0, size) });
    },
  },
];
