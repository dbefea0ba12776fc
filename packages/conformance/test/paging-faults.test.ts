import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { paging } from "../src/phases/paging/paging.ts";
import { PAGING_CHECKS } from "../src/phases/paging/paging-checks.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { errorResponse } from "./support/errors.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { profileRequest } from "./support/profile-request.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse, withJson } from "./support/proxied-messages.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

type ListFault = (
  query: URLSearchParams,
  list: (query: URLSearchParams) => Promise<ProxiedResponse>,
) => Promise<ProxiedResponse>;

/** Applies to lists. `list` sends one with another query. */
function onList(fault: ListFault): Fault {
  return (request, forward) => {
    const { kind, query } = profileRequest(request);
    return kind === "list" ? fault(query, (other) => forward({ target: targetWith(request, other) })) : forward();
  };
}

function targetWith({ target }: ProxiedRequest, query: URLSearchParams): string {
  return `${target.split("?")[0]}?${query}`;
}

function withMeta(response: ProxiedResponse, change: (meta: Record<string, unknown>) => unknown): ProxiedResponse {
  return withJson(response, (json) => ({ ...json, meta: change(Object(json["meta"])) }));
}

/** A list whose tokens are numbers of rows to skip. @param isFrozen whether all pages come from the list as it was when paging began */
function byOffset(isFrozen: boolean): Fault {
  const frozen = new Map<string, string[]>();
  return onList(async (query, list) => {
    const [paging = `paging-${frozen.size}`, offset = "0"] = query.get("pageToken")?.split(".") ?? [];
    const all = frozen.get(paging) ?? (await readAll(list));
    frozen.set(paging, isFrozen ? all : []);
    const current = isFrozen ? all : await readAll(list);
    const end = Number(offset) + Number(query.get("pageSize") ?? 50);
    const profiles = current.slice(Number(offset), end);
    const meta = { key: "profiles", pageSize: Number(query.get("pageSize") ?? 50) };
    const next = end < current.length ? { nextToken: `${paging}.${end}` } : {};
    return jsonResponse(200, { profiles, meta: { ...meta, ...next } });
  });
}

async function readAll(list: (query: URLSearchParams) => Promise<ProxiedResponse>): Promise<string[]> {
  const all: string[] = [];
  let query = new URLSearchParams({ pageSize: "100" });
  for (;;) {
    const body = Object((await list(query)).json);
    all.push(...body.profiles);
    if (body.meta.nextToken === undefined || all.length > 300) return all;
    query = new URLSearchParams({ pageSize: "100", pageToken: body.meta.nextToken });
  }
}

/** By what is wrong: the code, the scenario that finds it, and the fault. */
const FAULTS: Readonly<Record<string, readonly [code: string, scenario: string, fault: () => Fault]>> = {
  "a page has one ID too many": [
    "page-too-large",
    "paging/page-size",
    () =>
      onList((query, list) => {
        const size = Number(query.get("pageSize") ?? 50);
        return list(new URLSearchParams({ ...Object.fromEntries(query), pageSize: String(size + 1) }));
      }),
  ],
  "pageSize is ignored": [
    "page-size-ignored",
    "paging/page-size",
    () =>
      onList((query, list) => {
        query.delete("pageSize");
        return list(query);
      }),
  ],
  "meta has the requested page size": [
    "wrong-page-meta",
    "paging/page-size",
    () =>
      onList(async (query, list) =>
        withMeta(await list(query), (meta) => ({ ...meta, pageSize: Number(query.get("pageSize") ?? 50) })),
      ),
  ],
  "meta has another key": [
    "wrong-page-meta",
    "paging/page-size",
    () => onList(async (query, list) => withMeta(await list(query), (meta) => ({ ...meta, key: "items" }))),
  ],
  "the first page has a previousToken": [
    "page-token-at-end",
    "paging/ends",
    () => onList(async (query, list) => withMeta(await list(query), (meta) => ({ previousToken: "first", ...meta }))),
  ],
  "the last page has a nextToken": [
    "page-token-at-end",
    "paging/ends",
    () =>
      onList(async (query, list) => {
        if (query.get("pageToken") === "end") {
          return jsonResponse(200, { profiles: [], meta: { key: "profiles", pageSize: 50 } });
        }
        return withMeta(await list(query), (meta) => ({ nextToken: "end", ...meta }));
      }),
  ],
  "orderBy is ignored": [
    "wrong-order",
    "paging/order",
    () =>
      onList((query, list) => {
        query.delete("orderBy");
        return list(query);
      }),
  ],
  "a page is turned around": [
    "wrong-order",
    "paging/order",
    () =>
      onList(async (query, list) =>
        withJson(await list(query), (json) => ({ ...json, profiles: [json["profiles"]].flat().reverse() })),
      ),
  ],
  "rows are skipped, and one was deleted": ["paging-gap", "paging/deletion-before", () => byOffset(false)],
  "rows are skipped, and one was merged": ["paging-gap", "paging/merge-before", () => byOffset(false)],
  "rows are skipped, and one was inserted": ["paging-repeat", "paging/inserts", () => byOffset(false)],
  "a page is of the time when paging began, before a deletion": [
    "dead-profile-paged",
    "paging/deletion-after",
    () => byOffset(true),
  ],
  "a page is of the time when paging began, before a merge": [
    "dead-profile-paged",
    "paging/merge-after",
    () => byOffset(true),
  ],
  "previousToken leads to the first page": [
    "wrong-previous-page",
    "paging/previous-page",
    () => {
      const previous = new Set<unknown>();
      return onList(async (query, list) => {
        if (previous.has(query.get("pageToken"))) query.delete("pageToken");
        const response = await list(query);
        previous.add(Object(Object(response.json).meta).previousToken);
        return response;
      });
    },
  ],
  "a page before another one is in the opposite order": [
    "wrong-previous-page",
    "paging/previous-page",
    () => {
      const previous = new Set<unknown>();
      return onList(async (query, list) => {
        const response = await list(query);
        previous.add(Object(Object(response.json).meta).previousToken);
        if (!previous.has(query.get("pageToken"))) return response;
        return withJson(response, (json) => ({ ...json, profiles: [json["profiles"]].flat().reverse() }));
      });
    },
  ],
  "an unknown token is ignored": [
    "invalid-token-accepted",
    "paging/tokens",
    () =>
      onList(async (query, list) => {
        const response = await list(query);
        if (response.status !== 400) return response;
        query.delete("pageToken");
        return list(query);
      }),
  ],
  "a token is valid only once": [
    "page-token-not-repeatable",
    "paging/tokens",
    () => {
      const used = new Set<string>();
      return onList(async (query, list) => {
        const token = query.get("pageToken");
        if (token !== null && used.has(token)) return errorResponse(400);
        if (token !== null) used.add(token);
        return list(query);
      });
    },
  ],
  "a token is valid for the other order": [
    "invalid-token-accepted",
    "paging/tokens",
    () =>
      onList(async (query, list) => {
        const response = await list(query);
        if (response.status !== 400) return response;
        query.set("orderBy", "DESC");
        return list(query);
      }),
  ],
  "a token is valid in another store": [
    "invalid-token-accepted",
    "paging/token-of-another-store",
    () =>
      onList(async (query, list) => {
        const response = await list(query);
        if (response.status !== 400 || query.get("pageToken")?.startsWith("forged")) return response;
        query.delete("pageToken");
        return list(query);
      }),
  ],
};

describe("paging", () => {
  it.each(Object.entries(FAULTS))("shows that %s", async (_, [code, scenario, fault]) => {
    const proxy = await startFaultyProxy(server.target, fault());
    const report = await runConformance({ target: proxy.target, seed: 1, phases: [paging], only: [scenario] });
    await proxy.stop();
    expect(report.findings.map((finding) => finding.code)).toContain(code);
  });

  it("has a fault for each of its checks", () => {
    const codes = new Set(Object.values(FAULTS).map(([code]) => code));
    expect(PAGING_CHECKS.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([]);
  });
});
