import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractViolations } from "./contract-violations.ts";
import { findDrift } from "./drift.ts";
import type { Exchange } from "./recording-proxy.ts";

const json = ["Content-Type", "application/json; charset=utf-8"] as const;
const target = "/v1/Stores/mem_store_00000000000000000000000000/Profiles";
const authorization = ["Authorization", `Basic ${btoa("key:secret")}`] as const;

const created: Exchange = {
  startedAt: new Date(0),
  request: { method: "POST", target, headers: [json, authorization], body: '{"traits":{}}' },
  response: {
    status: 202,
    statusText: "Accepted",
    headers: [json],
    body: '{"id":"mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv","message":"Accepted"}',
  },
};
const uri = `https://memory.twilio.com${target}/mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv`;
const canonical = ["Canonical-Profile-Id", "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv"] as const;
const moved: Exchange = {
  startedAt: new Date(0),
  request: { method: "GET", target: new URL(uri).pathname, headers: [authorization], body: "" },
  response: {
    status: 301,
    statusText: "Moved Permanently",
    headers: [json, ["Location", uri], canonical],
    body: JSON.stringify({ message: "Merged", uri }),
  },
};

/** Returns the exchange with a changed response. */
const withResponse = (exchange: Exchange, changes: object): Exchange => ({
  ...exchange,
  response: { ...exchange.response, ...changes },
});

describe("findDrift and contractViolations", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "memory-drift-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("report nothing if the traffic matches the contract", async () => {
    expect([created, moved].flatMap(contractViolations)).toEqual([]);
    expect(await findDrift([created, moved], folder)).toMatchObject({ exitCode: 0, problems: [] });
  });

  it.each([
    ["a missing property", { id: canonical[1] }, 'Response is missing required field "message".'],
    ["a value of another type", { id: canonical[1], message: 7 }, 'Response field "message" must be string.'],
  ])("both report %s", async (_, body, message) => {
    const changed = withResponse(created, { body: JSON.stringify(body) });
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 1, problems: [{ message }] });
    expect(contractViolations(changed)).toHaveLength(1);
  });

  it("both report an unknown operation", async () => {
    const changed = { ...created, request: { ...created.request, target: `${target}/Merge` } };
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 1 });
    expect(contractViolations(changed)).toEqual([`POST ${target}/Merge is not an operation`]);
  });

  it.each<[string, object, string[]]>([
    ["an undocumented status", { status: 307 }, ["fetchProfile does not document 307"]],
    ["a missing header", { headers: [json, canonical] }, ["fetchProfile 301: Location is missing"]],
    [
      "an undocumented property",
      { body: JSON.stringify({ message: "Merged", uri, extra: 1 }) },
      ["fetchProfile 301:  must NOT have additional properties"],
    ],
  ])("only contractViolations reports %s", async (_, changes, violations) => {
    const changed = withResponse(moved, changes);
    expect(contractViolations(changed)).toEqual(violations);
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 0 });
  });
});
