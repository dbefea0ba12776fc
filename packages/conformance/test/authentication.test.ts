import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { authentication } from "../src/phases/authentication/authentication.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { basic } from "../src/scenarios/session.ts";
import { errorResponse } from "./support/errors.ts";
import type { Fault } from "./support/faulty-proxy.ts";
import { findingsWith } from "./support/findings-with.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse, withJson } from "./support/proxied-messages.ts";
import { ACCOUNT, OTHER_ACCOUNT, type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const authorizationOf = (request: ProxiedRequest) => request.header("authorization") ?? "";

/** Serves requests as if they had the credentials of the account, where the server rejects them. */
const accepts =
  (isServed: (request: ProxiedRequest) => boolean): Fault =>
  (request, forward) =>
    forward(isServed(request) ? request.withHeader("Authorization", basic(ACCOUNT)) : request);

/** Responds in its own way to the requests that the server rejects with a status. */
const instead =
  (status: number, change: (response: ProxiedResponse, request: ProxiedRequest) => ProxiedResponse): Fault =>
  async (request, forward) => {
    const response = await forward();
    return response.status === status ? change(response, request) : response;
  };

const LIST = "authentication/listProfiles";
const FETCH = "authentication/fetchProfile/";
const CREATE = "authentication/createProfile/";

/** What the server of this project would do if it had the defect, and the findings that it causes. */
const DEFECTS: Readonly<Record<string, { only: string; fault: Fault; findings: string[] }>> = {
  "needs no credentials": {
    only: `${LIST}/credentials`,
    fault: accepts((request) => authorizationOf(request) === ""),
    findings: ["unauthenticated-access | listProfiles | credentials"],
  },
  "compares only the beginning of a secret": {
    only: `${FETCH}credentials`,
    fault: accepts((request) => authorizationOf(request) === basic({ ...ACCOUNT, password: `${ACCOUNT.password}x` })),
    findings: ["unauthenticated-access | fetchProfile | credentials"],
  },
  "accepts any scheme": {
    only: `${LIST}/credentials`,
    fault: accepts((request) => authorizationOf(request).startsWith("Bearer")),
    findings: ["unauthenticated-access | listProfiles | credentials"],
  },
  "accepts the secret of any account": {
    only: `${LIST}/credentials`,
    fault: accepts((request) => authorizationOf(request) === basic({ ...ACCOUNT, password: OTHER_ACCOUNT.password })),
    findings: ["unauthenticated-access | listProfiles | credentials"],
  },
  "compares the scheme exactly": {
    only: `${LIST}/credentials`,
    fault: async (request, forward) =>
      authorizationOf(request).startsWith("basic")
        ? forward(request.withHeader("Authorization", undefined))
        : forward(),
    findings: ["valid-request-rejected | listProfiles | the scheme basic"],
  },
  "sends no challenge": {
    only: `${LIST}/credentials`,
    fault: instead(401, (response) => response.withHeader("WWW-Authenticate", undefined)),
    findings: ["missing-challenge | listProfiles"],
  },
  "shows that a user is unknown": {
    only: `${LIST}/credentials`,
    fault: instead(401, (response, request) => {
      const isUnknown = authorizationOf(request) === basic({ ...ACCOUNT, username: `SK${"f".repeat(32)}` });
      return isUnknown ? withJson(response, (json) => ({ ...json, message: "No such user." })) : response;
    }),
    findings: ["credentials-revealed | listProfiles"],
  },
  "repeats a secret": {
    only: `${LIST}/credentials`,
    fault: instead(401, (response) => withJson(response, (json) => ({ ...json, message: ACCOUNT.password }))),
    findings: ["credentials-revealed | listProfiles"],
  },
  "does not compare the account of a store": {
    only: `${LIST}/foreign-store`,
    fault: async (_, forward) => {
      const response = await forward();
      return response.status === 403
        ? jsonResponse(200, { profiles: [], meta: { key: "profiles", pageSize: 50 } })
        : response;
    },
    findings: [
      "foreign-access | listProfiles | the credentials of another account",
      "foreign-access | listProfiles | the store of another account",
    ],
  },
  "hides the store of another account": {
    only: `${CREATE}foreign-store`,
    fault: instead(403, () => errorResponse(404, 520041)),
    findings: [
      "foreign-access | createProfile | the credentials of another account",
      "foreign-access | createProfile | the store of another account",
    ],
  },
  "serves the profiles of every store": {
    only: "authentication/cross-store/profile",
    fault: async (request, forward) => {
      const response = await forward();
      if (request.method !== "PATCH" || response.status !== 404) return response;
      return jsonResponse(202, { message: "Accepted." });
    },
    findings: ["cross-store-access | patchProfileTraits | a profile of another store"],
  },
  "deletes the profiles of every store": {
    only: "authentication/cross-store/profile",
    fault: async (request, forward) => {
      if (request.method === "DELETE") {
        const target = request.target.replace(ACCOUNT.storeId, OTHER_ACCOUNT.storeId);
        await forward(request.with({ target }).withHeader("Authorization", basic(OTHER_ACCOUNT)));
      }
      return forward();
    },
    findings: ["cross-store-access | deleteProfile | a profile of another store"],
  },
  "accepts the page tokens of every store": {
    only: "authentication/cross-store/page-token",
    fault: async (request, forward) =>
      request.target.includes("pageToken")
        ? forward({ target: request.target.replace(/&pageToken=.*/, "") })
        : forward(),
    findings: ["cross-store-access | listProfiles | a page token of another store"],
  },
  "does not anchor the pattern of an ID": {
    only: `${FETCH}malformed/profileId`,
    fault: async (request, forward) => (/_7z{26}$/.test(request.target) ? errorResponse(404, 20404) : forward()),
    findings: ["wrong-error | fetchProfile | profileId"],
  },
  "has the code of another fault for a malformed store ID": {
    only: `${LIST}/malformed/storeId`,
    fault: async (request, forward) => (request.target.includes("zzZ/") ? errorResponse(400, 400) : forward()),
    findings: ["wrong-error | listProfiles | storeId"],
  },
  "has the code of another resource for an unknown store": {
    only: `${LIST}/unknown`,
    fault: instead(404, () => errorResponse(404, 20404)),
    findings: ["wrong-error | listProfiles | a store that does not exist"],
  },
  "looks up the store before it checks the other ID": {
    only: `${FETCH}check-order`,
    fault: async (request, forward) =>
      request.target.includes("mem_store_7zz") ? errorResponse(404, 520041) : forward(),
    findings: [
      "wrong-check-order | fetchProfile | a malformed ID",
      "wrong-check-order | fetchProfile | a wrong method",
      "wrong-check-order | fetchProfile | an unknown route",
      "wrong-check-order | fetchProfile | wrong credentials",
    ],
  },
  "looks up the profile before it reads the body": {
    only: "authentication/patchProfileTraits/check-order",
    fault: async (request, forward) => {
      const isProfile =
        request.method === "PATCH" && request.target.includes(`${ACCOUNT.storeId}/Profiles/mem_profile`);
      const response = await forward();
      return isProfile && [400, 413, 415].includes(response.status) ? errorResponse(404, 20404) : response;
    },
    findings: [
      "wrong-check-order | patchProfileTraits | a body over the limit",
      "wrong-check-order | patchProfileTraits | an invalid body",
      "wrong-check-order | patchProfileTraits | another media type",
      "wrong-check-order | patchProfileTraits | broken JSON",
    ],
  },
};

describe("the authentication phase", () => {
  it.each([1, 2])("has no finding on the server of this project with seed %i", async (seed) => {
    const report = await runConformance({ target: server.target, seed, phases: [authentication] });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notRun).toEqual([]);
  });

  it.each(Object.entries(DEFECTS))("finds a server that %s", async (_, { only, fault, findings }) => {
    expect(await findingsWith(server.target, authentication, fault, [only])).toEqual(findings);
  });

  it("names what it cannot test without a second account", async () => {
    const { otherAccount: _, ...target } = server.target;
    const report = await runConformance({ target, phases: [authentication] });
    expect(report.findings).toEqual([]);
    expect(report.notRun.map(({ scenario }) => scenario)).toContain("authentication/cross-store/profile");
  });
});
