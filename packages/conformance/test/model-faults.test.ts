import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { model } from "../src/phases/model/model.ts";
import { MODEL_CHECKS } from "../src/phases/model/model-checks.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { ACCEPTED, bodyWith, created, idIn, profileRequest } from "./support/profile-request.ts";
import { type ProxiedResponse, withJson } from "./support/proxied-messages.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** By what is wrong: the code, the scenario that finds it, and the fault. State is that of one run. */
const FAULTS: Readonly<Record<string, readonly [code: string, scenario: string, fault: () => Fault]>> = {
  "the same email creates another profile": [
    "wrong-resolution",
    "model/same-email",
    () => {
      const seen = new Set<string>();
      return (request, forward) => {
        const { kind, traits } = profileRequest(request);
        if (kind !== "create" || typeof traits["email"] !== "string" || !seen.has(traits["email"])) {
          seen.add(String(traits["email"]));
          return forward();
        }
        return forward(bodyWith({ ...traits, email: `again-${traits["email"]}` }));
      };
    },
  ],
  "a create returns the ID of the profile that was created last": [
    "wrong-canonical",
    "model/merge-keeps-first",
    () => {
      const ids = new Map<unknown, string>();
      return async (request, forward) => {
        const { kind, traits } = profileRequest(request);
        const response = await forward();
        if (kind !== "create") return response;
        const other = ids.get(traits["phone"]) ?? idIn(response);
        for (const value of Object.values(traits)) ids.set(value, idIn(response));
        return created(other);
      };
    },
  ],
  "the values of the first profile win": [
    "wrong-traits-after-merge",
    "model/later-value-of-second",
    () => {
      const first = new Map<string, string>();
      return async (request, forward) => {
        const { kind, id, traits } = profileRequest(request);
        if (kind === "patch") first.set(id, String(traits["city"]));
        const response = await forward();
        const city = kind === "fetch" ? first.get(id) : undefined;
        if (city === undefined || response.status !== 200) return response;
        return withJson(response, (json) => ({ ...json, traits: { Contact: { ...contactOf(json), city } } }));
      };
    },
  ],
  "a removal is forgotten at a merge": [
    "wrong-traits-after-merge",
    "model/later-removal",
    () => async (request, forward) => {
      const response = await forward();
      if (profileRequest(request).kind !== "fetch" || response.status !== 200) return response;
      return withJson(response, (json) => {
        const contact = contactOf(json);
        const isMerged = "email" in contact && "phone" in contact && !("city" in contact);
        return isMerged ? { ...json, traits: { Contact: { ...contact, city: "earlier" } } } : json;
      });
    },
  ],
  "a redirect leads to itself": [
    "redirect-broken",
    "model/redirects",
    () => async (request, forward) => {
      const response = await forward();
      const { id } = profileRequest(request);
      return response.status === 301 ? response.withHeader("Canonical-Profile-Id", id) : response;
    },
  ],
  "a redirect of PATCH has another Location": [
    "redirect-broken",
    "model/redirects",
    () => async (request, forward) => {
      const response = await forward();
      const location = `http://localhost${request.target}`;
      return response.status === 308 ? response.withHeader("Location", location) : response;
    },
  ],
  "redirects form a chain": [
    "redirect-broken",
    "model/redirects-are-direct",
    () => {
      const first = new Map<string, ProxiedResponse>();
      return async (request, forward) => {
        const response = await forward();
        if (response.status !== 301) return response;
        const { id } = profileRequest(request);
        first.set(id, first.get(id) ?? response);
        return first.get(id) ?? response;
      };
    },
  ],
  "a DELETE that is redirected is applied as well": [
    "redirect-applied",
    "model/redirect-changes-nothing",
    () => async (request, forward) => {
      const response = await forward();
      if (response.status === 308 && profileRequest(request).kind === "delete") {
        const canonicalId = String(response.header("canonical-profile-id"));
        await forward({ target: request.target.replace(profileRequest(request).id, canonicalId) });
      }
      return response;
    },
  ],
  "a deleted profile is still in a cache": [
    "deleted-profile-visible",
    "model/deleted-is-gone",
    () => {
      const cache = new Map<string, ProxiedResponse>();
      return async (request, forward) => {
        const response = await forward();
        if (profileRequest(request).kind !== "fetch") return response;
        if (response.status === 200) cache.set(request.target, response);
        return cache.get(request.target) ?? response;
      };
    },
  ],
  "a deleted profile accepts a PATCH": [
    "deleted-profile-usable",
    "model/use-after-delete",
    () => async (request, forward) => {
      const response = await forward();
      return response.status === 404 && profileRequest(request).kind === "patch" ? ACCEPTED : response;
    },
  ],
  "the identifiers of a deleted profile are not freed": [
    "identifier-not-freed",
    "model/deletion-frees-identifiers",
    () => {
      const first = new Map<unknown, string>();
      return async (request, forward) => {
        const { kind, traits } = profileRequest(request);
        const known = kind === "create" ? first.get(traits["email"]) : undefined;
        if (known !== undefined) return created(known);
        const response = await forward();
        if (kind === "create" && traits["email"] !== undefined) first.set(traits["email"], idIn(response));
        return response;
      };
    },
  ],
  "a PATCH is accepted and lost": [
    "lost-write",
    "model/patch-is-visible",
    () => (request, forward) => (profileRequest(request).kind === "patch" ? Promise.resolve(ACCEPTED) : forward()),
  ],
  "a removal is ignored": [
    "removed-trait-kept",
    "model/removal-is-visible",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      const kept = Object.fromEntries(Object.entries(traits).filter(([, value]) => value !== null));
      return kind === "patch" ? forward(bodyWith(kept)) : forward();
    },
  ],
  "every create sets a trait of its own": [
    "unrequested-change",
    "model/random-1",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      return kind === "create" ? forward(bodyWith({ ...traits, country: "US" })) : forward();
    },
  ],
  "createdAt is the time of the last write": [
    "unrequested-change",
    "model/random-1",
    () => {
      const written = new Map<string, string>();
      return async (request, forward) => {
        const { kind, id } = profileRequest(request);
        const response = await forward();
        if (kind === "create") written.set(idIn(response), new Date().toISOString());
        const createdAt = written.get(id);
        if (kind !== "fetch" || response.status !== 200 || createdAt === undefined) return response;
        return withJson(response, (json) => ({ ...json, createdAt }));
      };
    },
  ],
  "the value of an email is normalized": [
    "value-not-kept",
    "model/values-are-kept",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      if (kind !== "create" || typeof traits["email"] !== "string") return forward();
      return forward(bodyWith({ ...traits, email: traits["email"].toLowerCase() }));
    },
  ],
  "phone numbers are compared as they were sent": [
    "identifier-not-normalized",
    "model/phone-spelling-1",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      if (kind !== "create" || !traits["phone"]?.includes("(")) return forward();
      return forward(bodyWith({ ...traits, email: `${traits["phone"].replace(/\D/g, "")}@example.org`, phone: "-" }));
    },
  ],
  "a removed email still leads to the profile": [
    "removed-identifier-kept",
    "model/removal-detaches",
    () => {
      const first = new Map<unknown, string>();
      const removed = new Set<string>();
      return async (request, forward) => {
        const { kind, id, traits } = profileRequest(request);
        if (kind === "patch" && traits["email"] === null) removed.add(id);
        const known = kind === "create" ? first.get(traits["email"]) : undefined;
        if (known !== undefined && removed.has(known)) return created(known);
        const response = await forward();
        if (kind === "create" && traits["email"] !== undefined) first.set(traits["email"], idIn(response));
        return response;
      };
    },
  ],
  "a new email replaces the old identifier": [
    "old-identifier-lost",
    "model/old-value-is-identifier",
    () => async (request, forward) => {
      const { kind, traits } = profileRequest(request);
      if (kind === "patch" && typeof traits["email"] === "string") await forward(bodyWith({ email: null }));
      return forward();
    },
  ],
  "a PATCH leaves the owner of the identifier alone": [
    "patch-does-not-merge",
    "model/patch-merges",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      const { email: _, ...rest } = traits;
      return kind === "patch" ? forward(bodyWith(rest)) : forward();
    },
  ],
  "a PATCH of {} is rejected": [
    "empty-patch-changes",
    "model/patch-without-traits",
    () => (request, forward) =>
      profileRequest(request).kind === "patch" && String(request.body) === "{}"
        ? forward({ body: '{"traits": 1}' })
        : forward(),
  ],
  "a batch is applied from its end": [
    "bulk-order-ignored",
    "model/bulk-order",
    () => (request, forward) => {
      if (profileRequest(request).kind !== "bulk") return forward();
      return forward({ body: JSON.stringify({ profiles: itemsOf(request.json).toReversed() }) });
    },
  ],
  "the valid items of a batch that is rejected are applied": [
    "bulk-partly-applied",
    "model/bulk-is-all-or-nothing",
    () => async (request, forward) => {
      const response = await forward();
      if (profileRequest(request).kind !== "bulk" || response.status !== 400) return response;
      for (const item of itemsOf(request.json)) await forward({ body: JSON.stringify({ profiles: [item] }) });
      return response;
    },
  ],
  "the list leaves out the second newest profile": [
    "profile-not-listed",
    "model/list-is-complete",
    () => async (request, forward) => {
      const response = await forward();
      if (profileRequest(request).kind !== "list") return response;
      return withJson(response, (json) => ({ ...json, profiles: [json["profiles"]].flat().toSpliced(1, 1) }));
    },
  ],
  "the list contains deleted profiles": [
    "dead-profile-listed",
    "model/list",
    () => {
      const deleted = new Set<string>();
      return async (request, forward) => {
        const { kind, id } = profileRequest(request);
        const response = await forward();
        if (kind === "delete" && response.status === 202) deleted.add(id);
        if (kind !== "list") return response;
        return withJson(response, (json) => ({
          ...json,
          profiles: [...deleted, ...[json["profiles"]].flat()].slice(0, 100),
        }));
      };
    },
  ],
};

describe("the model", () => {
  it.each(Object.entries(FAULTS))("finds that %s", async (_, [code, scenario, fault]) => {
    const findings = await findingsWith(fault(), [scenario]);
    expect(findings.map((finding) => finding.code)).toContain(code);
  });

  it("has a fault for each of its checks", () => {
    const codes = new Set(Object.values(FAULTS).map(([code]) => code));
    expect(MODEL_CHECKS.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([]);
  });

  it("takes another 2xx status of a write for success, which another check reports", async () => {
    const findings = await findingsWith(
      async (request, forward) => {
        const response = await forward();
        return request.method === "DELETE" && response.status === 202 ? response.withStatus(200) : response;
      },
      ["model/deleted-is-gone"],
    );
    expect(findings.map(({ code }) => code)).toEqual(["undocumented-status"]);
  });

  it("reports the smallest sequence of random commands that shows a fault", async () => {
    // Only a PATCH of two traits is lost, which no rule has a scenario for.
    const fault: Fault = (request, forward) => {
      const { kind, traits } = profileRequest(request);
      const isLost = kind === "patch" && "firstName" in traits && "lastName" in traits;
      return isLost ? Promise.resolve(ACCEPTED) : forward();
    };
    const [finding] = await findingsWith(fault, ["model/random"]);
    expect(finding?.code).toBe("lost-write");
    const methods = finding?.exchanges.map(({ request }) => request.method);
    expect(methods).toEqual(["POST", "PATCH", "GET"]);
  });
});

async function findingsWith(fault: Fault, only: string[]) {
  const proxy = await startFaultyProxy(server.target, fault);
  try {
    const report = await runConformance({ target: proxy.target, seed: 1, phases: [model], only });
    return report.findings;
  } finally {
    await proxy.stop();
  }
}

function contactOf(json: Record<string, unknown>): Record<string, unknown> {
  return Object(Object(json["traits"]).Contact);
}

function itemsOf(json: unknown): unknown[] {
  return [Object(json).profiles].flat();
}
