import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requests } from "../src/phases/requests/requests.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { errorResponse } from "./support/errors.ts";
import { type Fault, startFaultyProxy } from "./support/faulty-proxy.ts";
import { findingsWith } from "./support/findings-with.ts";
import { jsonResponse, type ProxiedRequest, type ProxiedResponse, withJson } from "./support/proxied-messages.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const PROFILE_ID = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const IMPORT_ID = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
/** A success of each method that has a body. */
const SUCCESS: Readonly<Record<string, () => ProxiedResponse>> = {
  POST: () => jsonResponse(202, { id: PROFILE_ID, message: "Accepted." }),
  PATCH: () => jsonResponse(202, { message: "Accepted." }),
  PUT: () => jsonResponse(202, { message: "Accepted." }),
};
const success = ({ method, target }: ProxiedRequest) =>
  target.endsWith("/Imports")
    ? jsonResponse(201, { importId: IMPORT_ID, url: "https://example.com/" })
    : (SUCCESS[method]?.() ?? jsonResponse(200, { profiles: [], meta: { key: "profiles", pageSize: 50 } }));

/** Accepts what the server rejects with a message. */
const accepts =
  (message: RegExp): Fault =>
  async (request, forward) => {
    const response = await forward();
    return response.status === 400 && message.test(String(Object(response.json).message)) ? success(request) : response;
  };

const rejects =
  (isRejected: (request: ProxiedRequest) => boolean): Fault =>
  async (request, forward) =>
    isRejected(request) ? errorResponse(400, 520046) : forward();

/** Alters what the server rejects with a code. */
const alters =
  (code: number, change: (response: ProxiedResponse) => ProxiedResponse): Fault =>
  async (_, forward) => {
    const response = await forward();
    return response.status === 400 && Object(response.json).code === code ? change(response) : response;
  };

const contactOf = (request: ProxiedRequest) => Object(Object(Object(request.json).traits).Contact);
const CREATE = "requests/createProfile/";
const BULK = "requests/updateProfilesBulk/";
const IMPORTS = "requests/createProfilesImportV2/";

/** What the server of this project would do if it had the defect, and the findings that it causes. */
const DEFECTS: Readonly<Record<string, { only: string; fault: Fault; findings: string[] }>> = {
  "accepts texts of any length": {
    only: `${CREATE}boundaries`,
    fault: accepts(/must have at most 1024 characters/),
    findings: ["invalid-request-accepted | createProfile | maxLength at /traits/*/*"],
  },
  "counts UTF-16 code units": {
    only: `${CREATE}boundaries`,
    fault: rejects((request) => Object.values(contactOf(request)).some((value) => String(value).length > 1024)),
    findings: [
      "valid-request-rejected | createProfile | ",
      "wrong-error | createProfile | undeclared-trait at /traits/*/*",
    ],
  },
  "ignores unknown properties": {
    only: `${CREATE}boundaries`,
    fault: accepts(/unknown property/),
    findings: ["invalid-request-accepted | createProfile | additionalProperties at /"],
  },
  "accepts a batch of 1001 items": {
    only: `${BULK}boundaries`,
    fault: accepts(/at most 1000 items/),
    findings: ["invalid-request-accepted | updateProfilesBulk | maxItems at /profiles"],
  },
  "rejects a batch of 1000 items": {
    only: `${BULK}boundaries`,
    fault: rejects((request) => Object(request.json).profiles?.length === 1000),
    findings: ["valid-request-rejected | updateProfilesBulk | "],
  },
  "accepts null in a create": {
    only: `${CREATE}boundaries`,
    fault: async (request, forward) =>
      contactOf(request).firstName === null && request.method === "POST" ? success(request) : forward(),
    findings: ["invalid-request-accepted | createProfile | type at /traits/*/*"],
  },
  "accepts undeclared traits": {
    only: `${CREATE}rules`,
    fault: accepts(/does not declare this trait$/),
    findings: ["invalid-request-accepted | createProfile | undeclared-trait at /traits/*/*"],
  },
  "accepts undeclared groups in a patch": {
    only: "requests/patchProfileTraits/rules",
    fault: accepts(/does not declare this trait group/),
    findings: ["invalid-request-accepted | patchProfileTraits | undeclared-trait-group at /traits/*"],
  },
  "accepts people without an identifier": {
    only: `${BULK}rules`,
    fault: accepts(/must contain at least one trait/),
    findings: ["invalid-request-accepted | updateProfilesBulk | no-identifier at /profiles/*"],
  },
  "accepts a number as a text": {
    only: `${CREATE}rules`,
    fault: accepts(/as the trait's data type is STRING/),
    findings: ["invalid-request-accepted | createProfile | data-type at /traits/*/*"],
  },
  "accepts an empty batch": {
    only: `${BULK}rules`,
    fault: accepts(/profiles: is missing/),
    findings: ["invalid-request-accepted | updateProfilesBulk | empty-batch at /"],
  },
  "accepts two mappings to one trait": {
    only: `${IMPORTS}rules`,
    fault: accepts(/already the target/),
    findings: ["invalid-request-accepted | createProfilesImportV2 | repeated-mapping at /columnMappings/*"],
  },
  "accepts mappings without an identifier": {
    only: `${IMPORTS}rules`,
    fault: accepts(/promoted to an identifier/),
    findings: ["invalid-request-accepted | createProfilesImportV2 | no-identifying-mapping at /columnMappings"],
  },
  "accepts mappings to undeclared traits": {
    only: `${IMPORTS}rules`,
    fault: accepts(/does not declare/),
    findings: ["invalid-request-accepted | createProfilesImportV2 | undeclared-mapping at /columnMappings/*"],
  },
  "accepts a file without a size": {
    only: `${IMPORTS}boundaries`,
    fault: accepts(/fileSize: is missing/),
    findings: ["invalid-request-accepted | createProfilesImportV2 | required at /"],
  },
  "has another code for an undeclared trait": {
    only: `${CREATE}rules`,
    fault: alters(520047, () => errorResponse(400, 400)),
    findings: [
      "wrong-error | createProfile | undeclared-trait at /traits/*/*",
      "wrong-error | createProfile | undeclared-trait-group at /traits/*",
    ],
  },
  "does not name an undeclared trait": {
    only: `${CREATE}rules`,
    fault: alters(520047, (response) => withJson(response, (json) => ({ ...json, message: "Undeclared." }))),
    findings: [
      "unspecific-error-message | createProfile | undeclared-trait at /traits/*/*",
      "unspecific-error-message | createProfile | undeclared-trait-group at /traits/*",
    ],
  },
  "does not name the invalid item": {
    only: `${BULK}rules`,
    fault: alters(400, (response) => withJson(response, (json) => ({ ...json, message: "An item is invalid." }))),
    findings: ["unspecific-error-message | updateProfilesBulk | the index of an item"],
  },
  "fails at NUL": {
    only: `${CREATE}boundaries`,
    fault: async (request, forward) => (request.body.includes("\\u0000") ? errorResponse(500, 20500) : forward()),
    findings: ["server-error | createProfile"],
  },
  "trims values": {
    only: `${CREATE}boundaries`,
    fault: async (request, forward) => {
      const response = await forward();
      if (request.method !== "GET" || response.status !== 200) return response;
      return withJson(response, (json) =>
        JSON.parse(JSON.stringify(json, (_, value) => (typeof value === "string" ? value.trim() : value))),
      );
    },
    findings: ["value-changed | createProfile"],
  },
  "applies a part of a rejected batch": {
    only: `${BULK}rejected`,
    fault: async (request, forward) => {
      const response = await forward();
      const [first] = Object(request.json).profiles ?? [];
      if (response.status === 400) await forward({ body: JSON.stringify({ profiles: [first] }) });
      return response;
    },
    findings: ["rejected-request-applied | updateProfilesBulk"],
  },
  "accepts a page of no profiles": {
    only: "requests/listProfiles/query/pageSize",
    fault: accepts(/pageSize: must be at least 1/),
    findings: ["invalid-request-accepted | listProfiles | pageSize"],
  },
  "accepts an order in lower case": {
    only: "requests/listProfiles/query/orderBy",
    fault: (request, forward) => forward({ target: request.target.replace(/=(asc|desc)\b/, "=ASC") }),
    findings: ["invalid-request-accepted | listProfiles | orderBy"],
  },
  "accepts any page token": {
    only: "requests/listProfiles/query/pageToken",
    fault: accepts(/pageToken: was not issued/),
    findings: ["invalid-request-accepted | listProfiles | pageToken"],
  },
  "rejects the IDs of services": {
    only: "requests/listProfiles/path/storeId",
    fault: async (request, forward) =>
      request.target.includes("mem_service_") ? errorResponse(400, 520049) : forward(),
    findings: ["valid-request-rejected | listProfiles | storeId"],
  },
  "rejects IDs that it cannot have issued": {
    only: "requests/fetchProfile/path/profileId",
    fault: async (request, forward) =>
      /mem_profile_7[0-9a-z]{25}$/.test(request.target) ? errorResponse(400, 400) : forward(),
    findings: ["valid-request-rejected | fetchProfile | profileId"],
  },
};

// Each run sends some thousand requests, which takes long on a busy machine.
describe("the requests phase", { timeout: 300_000 }, () => {
  it.each(Object.entries(DEFECTS))("finds a server that %s", async (_, { only, fault, findings }) => {
    const found = await findingsWith(server.target, requests, fault, [only]);
    // An expectation that ends in a space leaves open how the value is described, and how many there are.
    const isExpected = (finding: string) =>
      findings.some((expected) => (expected.endsWith(" ") ? finding.startsWith(expected) : finding === expected));
    expect(found.filter((finding) => !isExpected(finding))).toEqual([]);
    expect(found.length).toBeGreaterThanOrEqual(findings.length);
  });

  it("reports the smallest random value that fails", async () => {
    const fault = rejects((request) => [...String(contactOf(request).city ?? "")].length >= 3);
    const proxy = await startFaultyProxy(server.target, fault);
    try {
      const only = [`${CREATE}random-valid`];
      const { findings } = await runConformance({ target: proxy.target, seed: 1, phases: [requests], only });
      expect(findings.map(({ code, exchanges }) => [code, exchanges.length])).toEqual([["valid-request-rejected", 1]]);
      const { traits } = JSON.parse(String(findings[0]?.exchanges[0]?.request.body));
      expect([...traits.Contact.city]).toHaveLength(3);
      expect(Object.keys(traits.Contact)).toHaveLength(2);
    } finally {
      await proxy.stop();
    }
  });

  it("sends the same requests for the same seed and run", async () => {
    const bodies = async (seed: number) => {
      const sent: string[] = [];
      const only = ["requests/patchProfileTraits/random-valid/2"];
      await runConformance({
        ...{ target: server.target, seed, runId: "a", phases: [requests], only },
        listeners: [
          (event) => {
            if (event.type === "exchange") sent.push(`${event.exchange.request.method} ${event.exchange.request.body}`);
          },
        ],
      });
      return sent;
    };
    const first = await bodies(1);
    expect(await bodies(1)).toEqual(first);
    expect(await bodies(2)).not.toEqual(first);
  });
});
