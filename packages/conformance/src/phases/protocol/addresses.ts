import { UNKNOWN_IDS } from "../../scenarios/calls.ts";
import { expectRejection, sendUnusual } from "../../scenarios/rejections.ts";
import type { Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";

/** RFC 9110, section 4.1, recommends that everyone supports URLs of 8000 bytes. Beyond, a proxy may respond in its own way. */
const LONG = 7500;

const BAD_HOSTS: Readonly<Record<string, string | readonly string[]>> = {
  "no host": [],
  "two hosts": ["a.example.com", "b.example.com"],
  "a host with a space": "a b",
  "a host with a path": "a.example.com/path",
  "a host with a wrong port": "a.example.com:port",
};

/** The ends of URLs for which a status of 4xx is right, but not always the same one. */
const MALFORMED_PATHS: Readonly<Record<string, string>> = {
  "an incomplete percent-encoding": "/v1/Stores/%/Profiles",
  "a percent-encoding that is not hexadecimal": "/v1/Stores/%zz/Profiles",
  "a percent-encoding that is not UTF-8": "/v1/Stores/%ff/Profiles",
  "an encoded NUL": "/v1/Stores/%00/Profiles",
  "an encoded slash": "/v1/Stores/a%2Fb/Profiles",
  "a very long ID": `/v1/Stores/${"a".repeat(LONG)}/Profiles`,
};

/** Queries that an implementation may ignore or reject. Neither may be a failure of the service. */
const TOLERATED_QUERIES: Readonly<Record<string, string>> = {
  "a repeated parameter": "pageSize=1&pageSize=2",
  "an unknown parameter": "conformance=1",
  "a parameter in brackets": "pageSize[]=1",
  "a parameter without a value": "pageSize",
  "a percent-encoding that is not hexadecimal": "conformance=%zz",
  "a percent-encoding that is not UTF-8": "conformance=%ff",
  "an empty parameter": "&&=&",
  "an inherited name": "__proto__=1&constructor=2",
  "a long query": `conformance=${"a".repeat(LONG)}`,
};

export const addressScenarios: readonly Scenario[] = [
  { name: "protocol/host", isWriting: false, run: badHosts },
  { name: "protocol/malformed-path", isWriting: false, run: malformedPaths },
  { name: "protocol/query", isWriting: false, run: queries },
  { name: "protocol/long-url", isWriting: false, run: longUrl },
];

async function badHosts(session: Session): Promise<void> {
  const request = session.requestOf("listProfiles");
  for (const [subject, host] of Object.entries(BAD_HOSTS)) {
    const headers = { ...request.headers, Host: host };
    const exchange = await sendUnusual(session, { ...request, headers }, subject);
    const source = { kind: "standard", section: "RFC 9112, section 3.2" } as const;
    const rejection = { operationId: "listProfiles", subject, statuses: [400], source } as const;
    // A proxy that serves several hosts may reject a foreign one in its own way.
    if (exchange.response.status >= 400) continue;
    expectRejection(session, exchange, { ...rejection, ifAccepted: "bad-host-accepted" });
  }
}

async function malformedPaths(session: Session): Promise<void> {
  const request = session.requestOf("listProfiles");
  for (const [subject, path] of Object.entries(MALFORMED_PATHS)) {
    const exchange = await sendUnusual(session, { ...request, url: session.target.baseUrl + path }, subject);
    const source = { kind: "contract", pointer: "/components/parameters/StoreId" } as const;
    const rejection = { subject, statuses: [400, 404, 414], source };
    expectRejection(session, exchange, { ...rejection, ifAccepted: "invalid-request-accepted" });
  }
}

async function queries(session: Session): Promise<void> {
  const request = session.requestOf("listProfiles");
  for (const [subject, query] of Object.entries(TOLERATED_QUERIES)) {
    await sendUnusual(session, { ...request, url: `${request.url}?${query}` }, subject, "listProfiles");
  }
  const profile = session.requestOf("fetchProfile", { path: { profileId: UNKNOWN_IDS["profileId"] ?? "" } });
  const url = `${profile.url}?traitGroups=%zz&traitGroups=%ff`;
  await sendUnusual(session, { ...profile, url }, "a malformed list of trait groups", "fetchProfile");
}

async function longUrl(session: Session): Promise<void> {
  const request = session.requestOf("listProfiles");
  const exchange = await sendUnusual(
    session,
    { ...request, url: `${request.url}?pageToken=${"a".repeat(LONG)}` },
    "a long URL",
  );
  const source = { kind: "contract", pointer: "/components/parameters/PageToken" } as const;
  const rejection = {
    operationId: "listProfiles",
    subject: "a long URL",
    statuses: [400],
    source,
  } as const;
  expectRejection(session, exchange, { ...rejection, ifAccepted: "invalid-request-accepted" });
}
