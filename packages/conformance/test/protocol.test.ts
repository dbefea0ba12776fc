import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { protocol } from "../src/phases/protocol/protocol.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { errorResponse } from "./support/errors.ts";
import { type Fault, NO_RESPONSE } from "./support/faulty-proxy.ts";
import { findingsWith } from "./support/findings-with.ts";
import { jsonResponse, type ProxiedRequest, ProxiedResponse } from "./support/proxied-messages.ts";
import { type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

const ACCEPTED = { id: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv", message: "Accepted." };
const accepted = () => jsonResponse(202, ACCEPTED);

const hasTwoHosts = ({ headers }: ProxiedRequest) => headers.filter(([name]) => /^host$/i.test(name)).length === 2;

/** What the server of this project would do if it had the defect, and the findings that it causes. */
const DEFECTS: Readonly<Record<string, { only: string; fault: Fault; findings: string[] }>> = {
  "serves an unknown route": {
    only: "protocol/unknown-route/another-root",
    fault: async () => jsonResponse(200, {}),
    findings: ["wrong-route-response | unknown route"],
  },
  "returns 400 for an unknown route": {
    only: "protocol/unknown-route/another-version",
    fault: async () => errorResponse(400, 400),
    findings: ["wrong-route-response | unknown route"],
  },
  "has no error body for an unknown route": {
    only: "protocol/unknown-route/another-root",
    fault: async () => new ProxiedResponse(404).withBody("Not found"),
    findings: ["invalid-error-body"],
  },
  "returns 404 for a wrong method": {
    only: "protocol/wrong-method/v1/Stores/storeId/Profiles/PUT",
    fault: async () => errorResponse(404, 20404),
    findings: ["wrong-route-response | PUT of /v1/Stores/{storeId}/Profiles"],
  },
  "serves HEAD": {
    only: "protocol/wrong-method/v1/Stores/storeId/Profiles/HEAD",
    fault: async () => jsonResponse(200, {}),
    findings: ["wrong-route-response | HEAD of /v1/Stores/{storeId}/Profiles"],
  },
  "sends no Allow": {
    only: "protocol/wrong-method/v1/Stores/storeId/Profiles/PUT",
    fault: async () => errorResponse(405, 20405),
    findings: ["wrong-allow | /v1/Stores/{storeId}/Profiles"],
  },
  "lists HEAD in Allow": {
    only: "protocol/wrong-method/v1/Stores/storeId/Profiles/PUT",
    fault: async () => errorResponse(405, 20405).withHeader("Allow", "GET, HEAD, POST"),
    findings: ["wrong-allow | /v1/Stores/{storeId}/Profiles"],
  },
  "reads Bulk as the ID of a profile": {
    only: "protocol/wrong-method/v1/Stores/storeId/Profiles/Bulk",
    fault: async (request, forward) =>
      request.method === "DELETE" && request.target.endsWith("/Bulk") ? errorResponse(400, 400) : forward(),
    findings: ["literal-path-shadowed | DELETE of /v1/Stores/{storeId}/Profiles/Bulk"],
  },
  "has no limit of the body": {
    only: "protocol/createProfile/body-limit",
    fault: async (request, forward) =>
      forward(request.body.length > 2 ** 20 ? { body: request.body.toString().trim() } : {}),
    findings: ["too-large-body-accepted | createProfile | body limit"],
  },
  "has a lower limit of the body": {
    only: "protocol/updateProfilesBulk/body-limit",
    fault: async (request, forward) => (request.body.length > 5 * 2 ** 20 ? errorResponse(413, 20413) : forward()),
    findings: ["valid-request-rejected | updateProfilesBulk | a body of 16777216 bytes"],
  },
  "reads text/plain as JSON": {
    only: "protocol/createProfile/media-type",
    fault: async (request, forward) =>
      forward(
        request.header("content-type") === "text/plain"
          ? request.withHeader("Content-Type", "application/json")
          : request,
      ),
    findings: ["unsupported-body-accepted | createProfile | text/plain"],
  },
  "compares the media type exactly": {
    only: "protocol/createProfile/media-type",
    fault: async (request, forward) =>
      request.header("content-type") === "Application/JSON" ? errorResponse(415, 20415) : forward(),
    findings: ["valid-request-rejected | createProfile | Content-Type: Application/JSON"],
  },
  "ignores a content coding": {
    only: "protocol/createProfile/content-coding",
    fault: async (request, forward) => (request.header("content-encoding") === "gzip" ? accepted() : forward()),
    findings: ["unsupported-body-accepted | createProfile | content coding gzip"],
  },
  "does not say which content coding it supports": {
    only: "protocol/createProfile/content-coding",
    fault: async (_, forward) => {
      const response = await forward();
      return response.withHeader("Accept-Encoding", undefined);
    },
    findings: ["missing-accept-encoding | createProfile"],
  },
  "accepts a comma at the end of an object": {
    only: "protocol/createProfile/broken-json",
    fault: async (request, forward) => (request.body.toString().endsWith(",}") ? accepted() : forward()),
    findings: ["broken-json-accepted | createProfile | broken JSON"],
  },
  "fails at a deep nesting": {
    only: "protocol/createProfile/broken-json",
    fault: async (request, forward) => (request.body.length > 20_000 ? errorResponse(500, 20500) : forward()),
    findings: ["server-error | createProfile"],
  },
  "accepts two hosts": {
    only: "protocol/host",
    fault: async (request, forward) =>
      forward(hasTwoHosts(request) ? request.withHeader("Host", "localhost") : request),
    findings: ["bad-host-accepted | listProfiles | two hosts"],
  },
  "fails at a percent-encoding": {
    only: "protocol/malformed-path",
    fault: async (request, forward) => (request.target.includes("%zz") ? errorResponse(500, 20500) : forward()),
    findings: ["server-error"],
  },
  "responds to a malformed path without an error body": {
    only: "protocol/malformed-path",
    fault: async (request, forward) => (request.target.includes("%zz") ? new ProxiedResponse(400) : forward()),
    findings: ["invalid-error-body"],
  },
  "closes the connection": {
    only: "protocol/query",
    fault: async (request, forward) => {
      if (request.target.includes("__proto__")) return NO_RESPONSE;
      return forward();
    },
    findings: ["no-response | listProfiles | an inherited name"],
  },
  "has a code of its own for a status": {
    only: "protocol/unknown-route/another-root",
    fault: async () => errorResponse(404, 404),
    findings: ["wrong-error-code", "wrong-route-response | unknown route"],
  },
  "sends another URL as more_info": {
    only: "protocol/unknown-route/another-root",
    fault: async () =>
      jsonResponse(404, { code: 20404, message: "No.", more_info: "https://example.com/20404", status: 404 }),
    findings: ["wrong-more-info"],
  },
};

describe("the protocol phase", () => {
  it.each([1, 2])("has no finding on the server of this project with seed %i", async (seed) => {
    const report = await runConformance({ target: server.target, seed, phases: [protocol] });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notRun).toEqual([]);
  });

  it.each(Object.entries(DEFECTS))("finds a server that %s", async (_, { only, fault, findings }) => {
    expect(await findingsWith(server.target, protocol, fault, [only])).toEqual(findings);
  });

  it("has no finding behind a proxy that changes nothing", async () => {
    expect(await findingsWith(server.target, protocol, (_, forward) => forward())).toEqual([]);
  });
});
