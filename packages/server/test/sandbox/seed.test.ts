import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";
import type { Seed } from "../../src/sandbox/seed/seed.ts";
import { callOf, columnMappings, importFile, person } from "./call-sandbox.ts";
import { serveSandbox } from "./serve-sandbox.ts";

const ADA = "mem_profile_00000000000000000000000001";
const GRACE = "mem_profile_00000000000000000000000002";
const LIN = "mem_profile_00000000000000000000000003";
const IMPORT = "mem_import_00000000000000000000000001";

function exampleOf(name: string): Record<string, unknown> {
  return Object(Object(openapi.components?.examples?.[name]).value);
}

describe("seeding a sandbox", () => {
  it("uses the given IDs and times", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const profile = {
      id: ADA,
      createdAt: "2025-01-01T12:00:00.000Z",
      ...person("ada@example.com", { firstName: "Ada" }),
    };
    expect(await sandbox.seed({ profiles: [profile] })).toEqual({ profiles: [ADA], imports: [] });
    expect((await call("GET", ADA)).body).toEqual(profile);
    expect((await call("POST", "", person("ADA@example.com"))).body["id"]).toBe(ADA);
  });

  it("generates IDs from the time by default", async () => {
    await using sandbox = await createSandbox();
    const { profiles } = await sandbox.seed({
      profiles: [
        { createdAt: "2025-06-01T00:00:00Z", ...person("old@example.com") },
        { createdAt: "2025-07-01T00:00:00Z", ...person("newer@example.com") },
        person("new@example.com"),
      ],
    });
    expect([...profiles].sort()).toEqual(profiles);
    expect((await callOf(sandbox)("GET", "?orderBy=ASC")).body["profiles"]).toEqual(profiles);
  });

  it("rejects one of two seeds with the same identifier, even at the same time", async () => {
    await using sandbox = await createSandbox();
    const seeds = [ADA, GRACE].map((id) => sandbox.seed({ profiles: [{ id, ...person("ada@example.com") }] }));
    const [first, second] = await Promise.allSettled(seeds);
    expect([first?.status, second?.status]).toEqual(["fulfilled", "rejected"]);
    expect((await callOf(sandbox)("GET", "")).body["profiles"]).toEqual([ADA]);
  });

  it("waits for the imports in progress, so that it rejects an identifier of their last row", async () => {
    await using sandbox = await createSandbox();
    const rows = Array.from({ length: 5000 }, (_, at) => `${at}@example.com,Lin`);
    const { importId } = await importFile(sandbox, ["email,firstName", ...rows, ""].join("\n"));
    const seed = { profiles: [{ id: ADA, ...person("4999@example.com") }] };
    await expect(sandbox.seed(seed)).rejects.toThrow("/profiles/0/traits: one of the identifiers");
    expect((await callOf(sandbox)("GET", `Imports/${importId}`)).body["status"]).toBe("COMPLETED");
  });

  it("adds more profiles than may wait to be written", async () => {
    await using sandbox = await createSandbox();
    const profiles = Array.from({ length: 25_001 }, (_, at) => person(`${at}@example.com`));
    expect((await sandbox.seed({ profiles })).profiles).toHaveLength(25_001);
  });

  it("makes merged IDs redirect", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    await sandbox.seed({ profiles: [{ id: ADA, ...person("ada@example.com"), mergedIds: [GRACE, LIN] }] });
    for (const id of [GRACE, LIN]) {
      const moved = await call("GET", id);
      expect([moved.status, moved.headers["canonical-profile-id"]]).toEqual([301, ADA]);
    }
    expect((await call("GET", "")).body["profiles"]).toEqual([ADA]);
    await call("DELETE", ADA);
    expect((await call("GET", LIN)).status).toBe(404);
  });

  it("adds imports of every status, in the format in which the API returns them", async () => {
    await using served = await serveSandbox();
    const { call } = served;
    const statuses = ["Completed", "Expired", "Failed", "Pending", "Processing"];
    const examples = statuses.map((name) => exampleOf(`FetchProfileImportV2${name}ResponseExample`));
    await call("PUT", "/__sandbox/clock", { now: "2026-03-10T10:05:00Z", frozen: true });
    const imports = examples.map((example, at) => ({ ...example, id: `mem_import_0000000000000000000000000${at}` }));
    expect((await call("POST", "/__sandbox/seed", { imports })).status).toBe(200);
    for (const [at, example] of examples.entries()) {
      const { body } = await call("GET", `Imports/${imports[at]?.id}`);
      expect(body).toEqual(example);
    }
  });

  it("does not change the status of an import, except when the URL of a PENDING import expires", async () => {
    await using sandbox = await createSandbox();
    const call = callOf(sandbox);
    const file = { filename: "people.csv", fileSize: 10, columnMappings };
    const { imports } = await sandbox.seed({
      imports: [
        { ...file, status: "PENDING" },
        { ...file, status: "PROCESSING" },
        { ...file, status: "COMPLETED" },
      ],
    });
    await sandbox.clock.advance(1_800_000);
    const statuses = await Promise.all(imports.map(async (id) => (await call("GET", `Imports/${id}`)).body["status"]));
    expect(statuses).toEqual(["FAILED", "PROCESSING", "COMPLETED"]);
  });

  const rejected: [string, Seed, string][] = [
    ["an invalid ID", { profiles: [{ id: "ada", ...person("ada@example.com") }] }, "/profiles/0/id: must match"],
    ["an invalid time", { profiles: [{ createdAt: "today", ...person("a@example.com") }] }, "/profiles/0/createdAt"],
    [
      "a time after 2199",
      { profiles: [{ createdAt: "2200-01-01T00:00:00Z", ...person("a@example.com") }] },
      "/profiles/0/createdAt: must be a time from 1970 to 2199",
    ],
    [
      "an import that was updated after 2199",
      {
        imports: [{ filename: "a", fileSize: 1, columnMappings, status: "FAILED", updatedAt: "2200-01-01T00:00:00Z" }],
      },
      "/imports/0/updatedAt: must be a time from 1970 to 2199",
    ],
    ["an undeclared trait", { profiles: [{ traits: { Pet: { name: "Rex" } } }] }, "/profiles/0/traits/Pet"],
    ["a name that the contract rejects", { profiles: [{ traits: { "a b": {} } }] }, "/profiles/0/traits/a b"],
    [
      "a profile without an identifier",
      { profiles: [{ traits: { Contact: { city: "Ur" } } }] },
      "/profiles/0/traits: at least one trait",
    ],
    [
      "a merged ID that is earlier than the ID of the profile",
      { profiles: [{ id: GRACE, ...person("a@example.com"), mergedIds: [ADA] }] },
      "/profiles/0/mergedIds/0",
    ],
    [
      "a duplicate ID",
      {
        profiles: [
          { id: ADA, ...person("a@example.com") },
          { id: ADA, ...person("b@example.com") },
        ],
      },
      `/profiles/1: the profile ${ADA} already exists`,
    ],
    [
      "a duplicate identifier",
      { profiles: [person("a@example.com"), person("A@example.com")] },
      "/profiles/1/traits: one of the identifiers",
    ],
    [
      "an identifier that already exists",
      { profiles: [person("taken@example.com")] },
      "/profiles/0/traits: one of the identifiers",
    ],
    ["an unknown store", { storeId: "mem_store_00000000000000000000000009" }, "No store has this ID"],
    [
      "an import without column mappings",
      { imports: [{ filename: "a", fileSize: 1, columnMappings: [], status: "PENDING" }] },
      "/imports/0/columnMappings",
    ],
    [
      "an import with a profile ID",
      { imports: [{ id: ADA, filename: "a", fileSize: 1, columnMappings, status: "PENDING" }] },
      "/imports/0/id",
    ],
    [
      "a duplicate import",
      {
        imports: [1, 2].map(() => ({
          id: IMPORT,
          filename: "a",
          fileSize: 1,
          columnMappings,
          status: "FAILED" as const,
        })),
      },
      `/imports/1/id: the import ${IMPORT} already exists`,
    ],
  ];
  it.each(rejected)("rejects %s, names the place, and adds nothing", async (_name, seed, message) => {
    await using sandbox = await createSandbox();
    await sandbox.seed({ profiles: [person("taken@example.com")] });
    const before = (await sandbox.snapshot()).storage.primary;
    const valid = { profiles: [person("good@example.com"), ...(seed.profiles ?? [])] };
    await expect(sandbox.seed(seed)).rejects.toThrow(message);
    if (seed.profiles) await expect(sandbox.seed({ ...seed, ...valid })).rejects.toThrow("/profiles/");
    expect((await sandbox.snapshot()).storage.primary).toEqual(before);
  });
});
