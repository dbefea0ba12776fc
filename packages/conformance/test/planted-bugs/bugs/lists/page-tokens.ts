import { errorResponse } from "../../../support/errors.ts";
import type { Fault } from "../../../support/faulty-proxy.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse } from "../../../support/proxied-messages.ts";
import { altered, type PlantedBug } from "../../planted-bug.ts";

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

/** Alters the request of a page, knowing the kind of its token and the `pageSize` of the page that had it. */
function continuing(
  alter: (request: ProxiedRequest, kind: string, pageSize: string | undefined) => ProxiedRequest,
): () => Fault {
  return () => {
    const issued = new Map<string, { readonly kind: string; readonly pageSize: string | undefined }>();
    return async (request, forward) => {
      const known = issued.get(request.query.get("pageToken") ?? "");
      const isList = request.operation === "listProfiles";
      const response = await forward(
        isList && known !== undefined ? alter(request, known.kind, known.pageSize) : request,
      );
      if (!isList) return response;
      for (const kind of ["nextToken", "previousToken"]) {
        const token = Object(Object(response.json).meta)[kind];
        const pageSize = known?.pageSize ?? request.query.get("pageSize") ?? undefined;
        if (typeof token === "string") issued.set(token, { kind, pageSize });
      }
      return response;
    };
  };
}

/** Page tokens that are missing, wrong or accepted by mistake, and what they lead to. */
export const PAGE_TOKEN_BUGS: readonly PlantedBug[] = [
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
    name: "previous-page-is-first",
    breaks: "previousToken always leads to the first page.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters"],
    fault: continuing((request, kind) =>
      kind === "previousToken" ? request.withQuery("pageToken", undefined) : request,
    ),
  },
  {
    name: "page-size-of-first-page",
    breaks: "With a pageToken, pageSize has no effect: all pages are as long as the first.",
    in: ["listProfiles"],
    foundBy: ["paging", "parameters"],
    fault: continuing((request, _, pageSize) => request.withQuery("pageSize", pageSize)),
  },
];
