import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findDrift } from "./drift.ts";
import { exchangeFaults } from "./exchange-faults.ts";
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

/** The exchange with another answer. */
const answered = (exchange: Exchange, changes: object): Exchange => ({
  ...exchange,
  response: { ...exchange.response, ...changes },
});

describe("a difference from the contract", () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "memory-drift-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("is found by nobody where there is none", async () => {
    expect([created, moved].flatMap(exchangeFaults)).toEqual([]);
    expect(await findDrift([created, moved], folder)).toMatchObject({ exitCode: 0, problems: [] });
  });

  it.each([
    ["a property that is missing", { id: canonical[1] }, 'Response is missing required field "message".'],
    ["a value of another type", { id: canonical[1], message: 7 }, 'Response field "message" must be string.'],
  ])("is found by both: %s", async (_, body, message) => {
    const changed = answered(created, { body: JSON.stringify(body) });
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 1, problems: [{ message }] });
    expect(exchangeFaults(changed)).toHaveLength(1);
  });

  it("is found by both where there is no such operation", async () => {
    const changed = { ...created, request: { ...created.request, target: `${target}/Merge` } };
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 1 });
    expect(exchangeFaults(changed)).toEqual([`POST ${target}/Merge is no operation`]);
  });

  it.each<[string, object, string[]]>([
    ["another status", { status: 307 }, ["fetchProfile has no 307"]],
    ["a header that is missing", { headers: [json, canonical] }, ["fetchProfile 301: Location is missing"]],
    [
      "a property more",
      { body: JSON.stringify({ message: "Merged", uri, extra: 1 }) },
      ["fetchProfile 301:  must NOT have additional properties"],
    ],
  ])("is found by our own check alone: %s", async (_, changes, faults) => {
    const changed = answered(moved, changes);
    expect(exchangeFaults(changed)).toEqual(faults);
    expect(await findDrift([changed], folder)).toMatchObject({ exitCode: 0 });
  });
});
