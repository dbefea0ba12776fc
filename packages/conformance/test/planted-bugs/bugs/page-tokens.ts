import type { Fault } from "../faulty-proxy.ts";
import type { ProxiedRequest } from "../messages.ts";
import type { PlantedBug } from "../planted-bug.ts";

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

/** What a page token leads to. */
export const PAGE_TOKEN_BUGS: readonly PlantedBug[] = [
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
