import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { concurrency } from "../src/phases/concurrency/concurrency.ts";
import { CONCURRENCY_CHECKS } from "../src/phases/concurrency/concurrency-checks.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { ACCEPTED, bodyWith, idIn, profileRequest, whileWriting } from "./support/profile-request.ts";
import { jsonResponse, type ProxiedResponse, withJson } from "./support/proxied-messages.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** By what is wrong: the code, the scenarios that find it, and the fault. */
const FAULTS: Readonly<Record<string, readonly [code: string, scenario: string, fault: () => Fault]>> = {
  "a create of an identifier that is being written is rejected": [
    "concurrent-write-failed",
    "concurrency/one-email",
    () =>
      whileWriting((isBusy, _, forward) =>
        isBusy ? Promise.resolve(jsonResponse(409, { code: 409, message: "Busy.", status: 409 })) : forward(),
      ),
  ],
  "creates of an identifier that is being written create another profile": [
    "duplicate-profiles",
    "concurrency/one-phone",
    () => {
      let duplicates = 0;
      return whileWriting((isBusy, request, forward) => {
        const { phone, ...traits } = profileRequest(request).traits;
        return isBusy && phone
          ? forward(bodyWith({ ...traits, email: `${Math.random()}-${duplicates++}@example.org` }))
          : forward();
      });
    },
  ],
  "two profiles remain for two identifiers that a third create joined": [
    "duplicate-profiles",
    "concurrency/two-identifiers",
    () => (request, forward) => {
      const { kind, traits } = profileRequest(request);
      const { phone: _, ...rest } = traits;
      return kind === "create" && traits["email"] !== undefined ? forward(bodyWith(rest)) : forward();
    },
  ],
  "simultaneous requests share a variable": [
    "profiles-mixed",
    "concurrency/many-identifiers",
    () => {
      let shared: string | null | undefined;
      return whileWriting((isBusy, request, forward) => {
        const { email, ...traits } = profileRequest(request).traits;
        const isMixed = isBusy && shared && email && traits["city"]?.endsWith("7");
        shared = email;
        return isMixed ? forward(bodyWith({ ...traits, email: "shared@example.org" })) : forward();
      });
    },
  ],
  "the first value of a trait remains": [
    "concurrent-write-lost",
    "concurrency/many-identifiers",
    () => {
      const first = new Map<string, unknown>();
      return async (request, forward) => {
        const { kind, id, traits } = profileRequest(request);
        const response = await forward();
        if (kind === "create" && !first.has(idIn(response))) first.set(idIn(response), traits["city"]);
        if (kind !== "fetch" || response.status !== 200) return response;
        return withJson(response, (json) => ({ ...json, traits: { Contact: { city: first.get(id) } } }));
      };
    },
  ],
  "a PATCH during another write is lost": [
    "impossible-state",
    "concurrency/history",
    () =>
      whileWriting((isBusy, request, forward) =>
        isBusy && profileRequest(request).kind === "patch" ? Promise.resolve(ACCEPTED) : forward(),
      ),
  ],
  "a cache is not invalidated during other writes": [
    "impossible-history",
    "concurrency/history-2",
    () => {
      const cache = new Map<string, ProxiedResponse>();
      return whileWriting(async (isBusy, request, forward) => {
        if (profileRequest(request).kind !== "fetch") return forward();
        const response = (isBusy && cache.get(request.target)) || (await forward());
        cache.set(request.target, response);
        return response;
      });
    },
  ],
};

describe("simultaneous writes", () => {
  it.each(Object.entries(FAULTS))("show that %s", async (_, [code, scenario, fault]) => {
    const report = await runWith(fault(), scenario);
    const codes = [...report.findings, ...report.flaky].map((found) => found.code);
    expect(codes).toContain(code);
  });

  it("have a fault for each check", () => {
    const codes = new Set(Object.values(FAULTS).map(([code]) => code));
    expect(CONCURRENCY_CHECKS.map(({ code }) => code).filter((code) => !codes.has(code))).toEqual([]);
  });

  it("are confirmed, although a race does not occur in the same way again", async () => {
    const [, scenario, fault] = FAULTS["a PATCH during another write is lost"] ?? ["", "", () => failing];
    const report = await runWith(fault(), scenario);
    expect(report.findings.map(({ code }) => code)).toEqual(["impossible-state"]);
    // A witness, not the whole history.
    expect(report.findings[0]?.exchanges.length).toBeLessThanOrEqual(6);
  });
});

async function runWith(fault: Fault, scenario: string) {
  const proxy = await startFaultyProxy(server.target, fault);
  try {
    return await runConformance({ target: proxy.target, seed: 1, phases: [concurrency], only: [scenario] });
  } finally {
    await proxy.stop();
  }
}

const failing: Fault = () => Promise.reject(new Error("No fault has this name."));
