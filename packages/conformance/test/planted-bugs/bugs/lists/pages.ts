import type { Forward } from "../../../support/faulty-proxy.ts";
import { type ProxiedRequest, type ProxiedResponse, profilesOf } from "../../../support/proxied-messages.ts";
import { altered, type PlantedBug, rewritten } from "../../planted-bug.ts";

const metaOf = (response: ProxiedResponse): Record<string, unknown> => Object(Object(response.json).meta);

const listed = (alter: (response: ProxiedResponse, request: ProxiedRequest) => ProxiedResponse) =>
  altered(["listProfiles"], 200, alter);

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

/** The size and order of pages. */
export const PAGE_BUGS: readonly PlantedBug[] = [
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
];
