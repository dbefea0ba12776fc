import { ACCOUNT, OTHER_ACCOUNT } from "../../support/start-server.ts";
import type { Fault, Forward } from "../faulty-proxy.ts";
import { errorResponse, jsonResponse, type ProxiedRequest, type ProxiedResponse } from "../messages.ts";
import { altered, type PlantedBug, rewritten } from "../planted-bug.ts";

const profilesOf = (response: ProxiedResponse): string[] => {
  const { profiles } = Object(response.json);
  return Array.isArray(profiles) ? profiles : [];
};
const metaOf = (response: ProxiedResponse): Record<string, unknown> => Object(Object(response.json).meta);
const listed = (alter: (response: ProxiedResponse, request: ProxiedRequest) => ProxiedResponse) =>
  altered(["listProfiles"], 200, alter);

/** Accepts a rejected token by listing the first page. */
function acceptingToken(when: (request: ProxiedRequest, issued: ReadonlyMap<string, string>) => boolean): () => Fault {
  return () => {
    /** The store and the order of each token. */
    const issued = new Map<string, string>();
    return async (request, forward) => {
      const response = await forward(request);
      if (request.operation !== "listProfiles") return response;
      for (const name of ["nextToken", "previousToken"]) {
        const token = metaOf(response)[name];
        if (typeof token === "string") issued.set(token, contextOf(request));
      }
      const isAccepted = response.status === 400 && request.query.has("pageToken") && when(request, issued);
      return isAccepted ? forward(request.withQuery("pageToken", undefined)) : response;
    };
  };
}

const contextOf = ({ path, query }: ProxiedRequest) => `${path["storeId"]} ${query.get("orderBy") ?? "DESC"}`;
const tokenOf = ({ query }: ProxiedRequest) => query.get("pageToken") ?? "";

/** Reads a list to its end. */
async function all(request: ProxiedRequest, forward: Forward): Promise<string[]> {
  const ids: string[] = [];
  let page = request.withQuery("pageSize", "100").withQuery("pageToken", undefined);
  for (;;) {
    const response = await forward(page);
    ids.push(...profilesOf(response));
    const token = metaOf(response)["nextToken"];
    if (typeof token !== "string") return ids;
    page = page.withQuery("pageToken", token);
  }
}

/** Lists of profiles and imports. */
export const PAGING_BUGS: readonly PlantedBug[] = [
  {
    name: "page-skips-one",
    breaks: "The last profile of each page but the last is skipped.",
    in: ["listProfiles"],
    foundBy: ["paging", "model"],
    fault: listed((response) =>
      metaOf(response)["nextToken"] === undefined
        ? response
        : response.withProperties({ profiles: profilesOf(response).slice(0, -1) }),
    ),
  },
  {
    name: "page-repeats-one",
    breaks: "The last profile of a page is also the first of the next one.",
    in: ["listProfiles"],
    foundBy: ["paging", "model"],
    fault: () => {
      const last = new Map<string, string>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation !== "listProfiles" || response.status !== 200) return response;
        const profiles = profilesOf(response);
        const token = metaOf(response)["nextToken"];
        if (typeof token === "string") last.set(token, profiles.at(-1) ?? "");
        const repeated = last.get(tokenOf(request));
        return repeated === undefined
          ? response
          : response.withProperties({ profiles: [repeated, ...profiles.slice(0, 99)] });
      };
    },
  },
  {
    name: "page-one-too-long",
    breaks: "A page has one profile more than pageSize.",
    in: ["listProfiles"],
    foundBy: ["paging", "model"],
    fault: rewritten(["listProfiles"], (request) => {
      const size = Number(request.query.get("pageSize"));
      return size >= 1 && size < 100 ? request.withQuery("pageSize", String(size + 1)) : request;
    }),
  },
  {
    name: "page-unordered",
    breaks: "The profiles of a page are in no order.",
    in: ["listProfiles"],
    foundBy: ["paging", "model"],
    fault: listed((response) => {
      const backwards = (id: string) => [...id].reverse().join("");
      const profiles = profilesOf(response).toSorted((one, other) => (backwards(one) < backwards(other) ? -1 : 1));
      return response.withProperties({ profiles });
    }),
  },
  {
    name: "pages-by-offset",
    breaks: "Pages are found by offset, so that inserts and deletes shift them.",
    in: ["listProfiles"],
    foundBy: ["paging", "model"],
    fault: () => {
      const offsets = new Map<string, number>();
      return async (request, forward) => {
        if (request.operation !== "listProfiles") return forward(request);
        const response = await forward(request);
        if (response.status !== 200) return response;
        const size = Math.min(100, Number(request.query.get("pageSize") ?? 50));
        const offset = offsets.get(tokenOf(request)) ?? 0;
        const { nextToken, previousToken, ...meta } = metaOf(response);
        if (typeof nextToken === "string") offsets.set(nextToken, offset + size);
        if (typeof previousToken === "string") offsets.set(previousToken, Math.max(0, offset - size));
        const profiles = (await all(request, forward)).slice(offset, offset + size);
        return response.withProperties({
          profiles,
          meta: {
            ...meta,
            ...(nextToken !== undefined && { nextToken }),
            ...(previousToken !== undefined && { previousToken }),
          },
        });
      };
    },
  },
  {
    name: "last-page-has-next-token",
    breaks: "The last page has a nextToken, which leads to an empty page.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: () => async (request, forward) => {
      if (request.operation === "listProfiles" && tokenOf(request) === "end") {
        return jsonResponse(200, { profiles: [], meta: { key: "profiles", pageSize: 50 } });
      }
      const response = await forward(request);
      const isLast =
        request.operation === "listProfiles" && response.status === 200 && metaOf(response)["nextToken"] === undefined;
      return isLast ? response.withProperties({ meta: { ...metaOf(response), nextToken: "end" } }) : response;
    },
  },
  {
    name: "next-token-missing",
    breaks: "A page never has a nextToken.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: listed((response) => {
      const { nextToken: _, ...meta } = metaOf(response);
      return response.withProperties({ meta });
    }),
  },
  {
    name: "previous-token-missing",
    breaks: "A page never has a previousToken.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: listed((response) => {
      const { previousToken: _, ...meta } = metaOf(response);
      return response.withProperties({ meta });
    }),
  },
  {
    name: "previous-token-of-next-page",
    breaks: "previousToken leads to the next page.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: listed((response) => {
      const { nextToken, previousToken, ...meta } = metaOf(response);
      const isMiddle = nextToken !== undefined && previousToken !== undefined;
      return isMiddle ? response.withProperties({ meta: { ...meta, nextToken, previousToken: nextToken } }) : response;
    }),
  },
  {
    name: "token-of-other-store-accepted",
    breaks: "A page token of another store is accepted.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: acceptingToken((request, issued) => {
      const [store] = (issued.get(tokenOf(request)) ?? "").split(" ");
      return store !== "" && store !== request.path["storeId"];
    }),
  },
  {
    name: "token-of-other-order-accepted",
    breaks: "A page token of the other order is accepted.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: acceptingToken((request, issued) => {
      const [store, order] = (issued.get(tokenOf(request)) ?? "").split(" ");
      return store === request.path["storeId"] && order !== (request.query.get("orderBy") ?? "DESC");
    }),
  },
  {
    name: "forged-token-accepted",
    breaks: "A page token that the server did not issue is accepted.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: acceptingToken((request, issued) => !issued.has(tokenOf(request)) && tokenOf(request).length <= 500),
  },
  {
    name: "altered-token-accepted",
    breaks: "A page token is accepted although some of its characters were changed.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: acceptingToken((request, issued) =>
      [...issued.keys()].some((token) => {
        const sent = tokenOf(request);
        return (
          !issued.has(sent) &&
          Math.abs(sent.length - token.length) < 3 &&
          (sent.startsWith(token.slice(0, 12)) || sent.endsWith(token.slice(-12)))
        );
      }),
    ),
  },
  {
    name: "token-valid-once",
    breaks: "A page token is rejected when it is used again.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters", "authentication"],
    fault: () => {
      const used = new Set<string>();
      return async (request, forward) => {
        const token = tokenOf(request);
        const response = await forward(request);
        if (request.operation !== "listProfiles" || token === "" || response.status !== 200) return response;
        if (used.has(token)) return errorResponse(400, 400, "pageToken has expired");
        used.add(token);
        return response;
      };
    },
  },
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
  {
    name: "list-of-imports-oldest-first",
    breaks: "The list of imports begins with the oldest.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports"],
    fault: altered(["listProfileImportsV2"], 200, (response) => {
      const { imports } = Object(response.json);
      return response.withProperties({ imports: Array.isArray(imports) ? imports.toReversed() : imports });
    }),
  },
  {
    name: "list-of-imports-omits-pending",
    breaks: "An import is not listed before its file arrives.",
    in: ["listProfileImportsV2"],
    foundBy: ["imports"],
    fault: () => {
      const uploaded = new Set<string | undefined>();
      return async (request, forward) => {
        const response = await forward(request);
        if (request.operation === "uploadImportFile" && response.status === 200) uploaded.add(request.path["importId"]);
        if (request.operation !== "listProfileImportsV2" || response.status !== 200) return response;
        const { imports } = Object(response.json);
        return response.withProperties({
          imports: Array.isArray(imports) ? imports.filter((id) => uploaded.has(id)) : imports,
        });
      };
    },
  },
];
