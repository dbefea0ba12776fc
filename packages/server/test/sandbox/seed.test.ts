import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { createSandbox } from "../../src/sandbox/create-sandbox.ts";
import type { Seed } from "../../src/sandbox/seed/seed.ts";
import { callOf, columnMappings, person } from "./call-sandbox.ts";
import { serveSandbox } from "./serve-sandbox.ts";

const ADA = "mem_profile_00000000000000000000000001";
const GRACE = "mem_profile_00000000000000000000000002";
const LIN = "mem_profile_00000000000000000000000003";
const IMPORT = "mem_import_00000000000000000000000001";

function exampleOf(name: string): Record<string, unknown> {
  return Object(Object(openapi.components?.examples?.[name]).value);
}

describe("seeding a sandbox", () => {
  it("keeps the IDs and the times that are given", async () => {
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

  it("makes IDs of the time where none are given", async () => {
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

  it("makes IDs redirect that were merged", async () => {
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

  it("puts imports in, whatever their status, as the API answers them", async () => {
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

  it("leaves an import as it is, unless it is PENDING and its URL would have expired", async () => {
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

  const refused: [string, Seed, string][] = [
    ["an ID that is none", { profiles: [{ id: "ada", ...person("ada@example.com") }] }, "/profiles/0/id: must match"],
    [
      "a time that is none",
      { profiles: [{ createdAt: "today", ...person("a@example.com") }] },
      "/profiles/0/createdAt",
    ],
    ["a trait that is not declared", { profiles: [{ traits: { Pet: { name: "Rex" } } }] }, "/profiles/0/traits/Pet"],
    ["a name that the contract refuses", { profiles: [{ traits: { "a b": {} } }] }, "/profiles/0/traits/a b"],
    ["nobody", { profiles: [{ traits: { Contact: { city: "Ur" } } }] }, "/profiles/0/traits: at least one trait"],
    [
      "a merged ID before the own",
      { profiles: [{ id: GRACE, ...person("a@example.com"), mergedIds: [ADA] }] },
      "/profiles/0/mergedIds/0",
    ],
    [
      "an ID twice",
      {
        profiles: [
          { id: ADA, ...person("a@example.com") },
          { id: ADA, ...person("b@example.com") },
        ],
      },
      `/profiles/1: there is a profile ${ADA} already`,
    ],
    [
      "an identifier twice",
      { profiles: [person("a@example.com"), person("A@example.com")] },
      "/profiles/1/traits: an identifier among them",
    ],
    [
      "an identifier that is taken",
      { profiles: [person("taken@example.com")] },
      "/profiles/0/traits: an identifier among them",
    ],
    ["an unknown store", { storeId: "mem_store_00000000000000000000000009" }, "No store has this ID"],
    [
      "an import without mappings",
      { imports: [{ filename: "a", fileSize: 1, columnMappings: [], status: "PENDING" }] },
      "/imports/0/columnMappings",
    ],
    [
      "an import of a wrong ID",
      { imports: [{ id: ADA, filename: "a", fileSize: 1, columnMappings, status: "PENDING" }] },
      "/imports/0/id",
    ],
    [
      "an import twice",
      {
        imports: [1, 2].map(() => ({
          id: IMPORT,
          filename: "a",
          fileSize: 1,
          columnMappings,
          status: "FAILED" as const,
        })),
      },
      `/imports/1/id: there is an import ${IMPORT} already`,
    ],
  ];
  it.each(refused)("refuses %s, says where, and adds nothing", async (_name, seed, message) => {
    await using sandbox = await createSandbox();
    await sandbox.seed({ profiles: [person("taken@example.com")] });
    const before = (await sandbox.snapshot()).storage.primary;
    const good = { profiles: [person("good@example.com"), ...(seed.profiles ?? [])] };
    await expect(sandbox.seed(seed)).rejects.toThrow(message);
    if (seed.profiles) await expect(sandbox.seed({ ...seed, ...good })).rejects.toThrow("/profiles/");
    expect((await sandbox.snapshot()).storage.primary).toEqual(before);
  });
});
