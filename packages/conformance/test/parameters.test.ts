import { openapi } from "@memory-api/spec";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Contract } from "../src/contract/contract.ts";
import { documentedParameters } from "../src/phases/parameters/documented-parameters.ts";
import { parameters } from "../src/phases/parameters/parameters.ts";
import { PROBES } from "../src/phases/parameters/probes.ts";
import { runConformance } from "../src/run/run-conformance.ts";
import { UNKNOWN_IDS } from "../src/scenarios/calls.ts";
import type { Fault } from "./support/faulty-proxy.ts";
import { findingsWith } from "./support/findings-with.ts";
import { jsonResponse, type ProxiedRequest, ProxiedResponse } from "./support/proxied-messages.ts";
import { ACCOUNT, type StartedServer, startServer } from "./support/start-server.ts";

let server: StartedServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server?.stop());

/** Leaves a query parameter out. */
const withoutQuery =
  (name: string): Fault =>
  (request, forward) => {
    const [pathname, search] = request.target.split("?");
    const query = new URLSearchParams(search);
    query.delete(name);
    return forward({ target: query.size > 0 ? `${pathname}?${query}` : String(pathname) });
  };

/** Treats every store as that of the account. */
const ofOneStore: Fault = (request, forward) =>
  forward({ target: request.target.replace(UNKNOWN_IDS["storeId"] ?? "", ACCOUNT.storeId) });

/** Changes the body of the requests with a method to paths with an end. */
const withBody =
  (method: string, end: string, change: (json: Record<string, unknown>) => unknown): Fault =>
  (request, forward) =>
    request.method === method && request.target.endsWith(end)
      ? forward({ body: JSON.stringify(change(Object(request.json))) })
      : forward();

/** Addresses the latest profile that was created, whatever profile a request names. */
const toLatest = (method: string) => (): Fault => {
  let latest = "";
  return async (request, forward) => {
    const isMeant = request.method === method && latest !== "";
    const response = await forward(isMeant ? { target: request.target.replace(/mem_profile_\w+/, latest) } : {});
    if (request.method === "POST" && response.status === 202) latest = String(Object(response.json).id);
    return response;
  };
};

const toFirst = (pattern: RegExp) => (): Fault => {
  let first: string | undefined;
  return async (request, forward) => {
    const [id] = pattern.exec(request.target) ?? [];
    if (request.method !== "GET" || id === undefined) return forward();
    first ??= id;
    return forward({ target: request.target.replace(id, first) });
  };
};

const uploadsAnything: Fault = async (request, forward) => {
  const response = await forward();
  return isUpload(request) && response.status === 403 ? new ProxiedResponse(200) : response;
};

const isUpload = ({ target }: ProxiedRequest) => target.startsWith("/uploads/");
const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const withoutText = (person: unknown) => {
  const { traits, ...rest } = Object(person);
  return { ...rest, traits: { ...traits, Contact: { ...traits?.Contact, firstName: undefined } } };
};
const mapped =
  (change: (second: Record<string, string>) => unknown): Fault =>
  (request, forward) =>
    withBody("POST", "/Imports", ({ columnMappings, ...rest }) => {
      const [first, second] = itemsOf(columnMappings);
      return { ...rest, columnMappings: [first, change(Object(second))] };
    })(request, forward);

/** For each parameter, a server that ignores it. */
const IGNORING: Readonly<Record<string, () => Fault>> = {
  "listProfiles path storeId": () => ofOneStore,
  "listProfiles query pageSize": () => withoutQuery("pageSize"),
  "listProfiles query pageToken": () => withoutQuery("pageToken"),
  "listProfiles query orderBy": () => withoutQuery("orderBy"),
  "createProfile path storeId": () => ofOneStore,
  "createProfile body /traits": () => withBody("POST", "/Profiles", withoutText),
  "updateProfilesBulk path storeId": () => ofOneStore,
  "updateProfilesBulk body /profiles": () =>
    withBody("PUT", "/Bulk", ({ profiles }) => ({
      profiles: itemsOf(profiles).slice(0, 1),
    })),
  "updateProfilesBulk body /profiles/*/traits": () =>
    withBody("PUT", "/Bulk", ({ profiles }) => ({
      profiles: itemsOf(profiles).map(withoutText),
    })),
  "listProfileImportsV2 path storeId": () => ofOneStore,
  "createProfilesImportV2 path storeId": () => ofOneStore,
  "createProfilesImportV2 body /filename": () =>
    withBody("POST", "/Imports", (json) => ({ ...json, filename: "a.csv" })),
  "createProfilesImportV2 body /fileSize": () => withBody("POST", "/Imports", (json) => ({ ...json, fileSize: 12 })),
  "createProfilesImportV2 body /columnMappings": () =>
    mapped((second) => ({ ...second, columnName: "first", traitName: "city" })),
  "createProfilesImportV2 body /columnMappings/*/columnName": () =>
    mapped((second) => ({ ...second, columnName: "first" })),
  "createProfilesImportV2 body /columnMappings/*/traitGroup": () =>
    mapped((second) => ({ ...second, traitGroup: "Contact" })),
  "createProfilesImportV2 body /columnMappings/*/traitName": () =>
    mapped((second) => ({ ...second, traitName: "firstName" })),
  "fetchProfileImportV2 path storeId": () => ofOneStore,
  "fetchProfileImportV2 path importId": toFirst(/mem_import_\w+/),
  "fetchProfile path storeId": () => ofOneStore,
  "fetchProfile path profileId": toFirst(/mem_profile_\w+/),
  "fetchProfile query traitGroups": () => withoutQuery("traitGroups"),
  "patchProfileTraits path storeId": () => ofOneStore,
  "patchProfileTraits path profileId": toLatest("PATCH"),
  "patchProfileTraits body /traits": () => async (request, forward) =>
    request.method === "PATCH" ? jsonResponse(202, { message: "Accepted." }) : forward(),
  "deleteProfile path storeId": () => ofOneStore,
  "deleteProfile path profileId": toLatest("DELETE"),
  "uploadImportFile path importId": () => uploadsAnything,
  "uploadImportFile query token": () => uploadsAnything,
  "uploadImportFile body /": () => (request, forward) =>
    forward(isUpload(request) ? { body: Buffer.alloc(request.body.length, "x") } : {}),
};

describe("the parameters phase", () => {
  it("has a probe for every parameter, header and property of the contract, and no other", () => {
    const keys = documentedParameters(new Contract()).map(({ key }) => key);
    expect(Object.keys(PROBES).sort(), "Update src/phases/parameters/probes.ts").toEqual(keys.sort());
    expect(Object.keys(IGNORING).sort(), "Update IGNORING in this file").toEqual(keys);
  });

  it("does not run if a parameter of the contract has no probe", () => {
    const contract = new Contract();
    const entry = contract.operation("listProfiles");
    const header = { name: "X-Added", in: "header", schema: { type: "string" } } as const;
    const parametersOf = [...entry.parameters, header];
    Object.assign(contract, { operations: new Map([["listProfiles", { ...entry, parameters: parametersOf }]]) });
    const context = { contract, target: server.target, seed: 1, profile: "quick" } as const;
    expect(() => parameters.scenarios(context)).toThrow("The parameter listProfiles header X-Added has no probe.");
  });

  it("finds the properties of a body in references, items and variants", () => {
    const keys = documentedParameters(new Contract()).filter(
      ({ operationId }) => operationId === "createProfilesImportV2",
    );
    expect(keys.map(({ key }) => key)).toContain("createProfilesImportV2 body /columnMappings/*/columnName");
    expect(Object.keys(Object(openapi.components?.schemas?.["ColumnMapping"]).properties)).toHaveLength(3);
  });

  it.each([1, 2])("has no finding on the server of this project with seed %i", async (seed) => {
    const report = await runConformance({ target: server.target, seed, phases: [parameters] });
    expect(report.findings).toEqual([]);
    expect(report.flaky).toEqual([]);
    expect(report.notRun).toEqual([]);
    expect(report.scenarios).toBe(Object.keys(PROBES).length);
  });

  it.each(Object.entries(IGNORING))("finds a server that ignores %s", async (key, fault) => {
    const [id, location, name] = key.split(" ");
    const only = [`parameters/${id}/${location}/${name?.replace(/^\//, "")}`];
    const findings = await findingsWith(server.target, parameters, fault(), only);
    expect(findings).toContain(`parameter-ignored | ${id} | ${location} ${name}`);
    expect(findings.filter((finding) => !finding.startsWith("parameter-ignored"))).toEqual([]);
  });
});
