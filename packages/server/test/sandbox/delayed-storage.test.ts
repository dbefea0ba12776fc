import { setImmediate } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import type { StoreRules } from "../../src/domain/stores/store-rules.ts";
import { type DelayedStorage, delayedStorage } from "../../src/sandbox/consistency/delayed-storage.ts";
import { SandboxClock } from "../../src/sandbox/sandbox-clock.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";

const STORE = "mem_store_00000000000000000000000000";
const START = Date.UTC(2026, 0, 1);
const ADA = "mem_profile_00000000000000000000000001";
const GRACE = "mem_profile_00000000000000000000000002";

const rules: StoreRules = {
  traitGroups: new Map([["Contact", new Map([["email", { dataType: "STRING", idTypePromotion: "email" }]])]]),
  identifierTypes: new Map([["email", { normalization: "email", limit: 100, limitPolicy: "fifo" }]]),
};
const store = { id: STORE, accountSid: "AC1", rules };

function upsert(newId: string, ...emails: string[]): Command {
  return {
    kind: "upsert",
    newId,
    acceptedAt: START * 1000,
    changes: [{ group: "Contact", trait: "email", value: emails.at(-1) ?? "" }],
    identifiers: emails.map((value) => ({ type: "email", value })),
  };
}

describe("a storage with delayed visibility", () => {
  let clock: SandboxClock;
  let storage: DelayedStorage;

  const visible = async (id: string) => (await storage.fetchProfile(STORE, id))?.kind;
  const listed = () => storage.listProfiles(STORE, "ASC", 10);

  beforeEach(() => {
    clock = new SandboxClock();
    clock.freeze(START);
    storage = delayedStorage(openMemory(), openMemory, new Map([[STORE, store]]), clock);
  });
  afterEach(() => storage.close());

  it("shows writes at once by default", async () => {
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    expect(await visible(ADA)).toBe("live");
    expect(await storage.consistency()).toEqual({ mode: "immediate", pending: 0 });
  });

  it("shows what there was when the mode is turned on", async () => {
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await storage.setConsistency({ mode: "manual" });
    expect(await visible(ADA)).toBe("live");
    expect(await listed()).toEqual([ADA]);
  });

  it("shows a write when its delay is over", async () => {
    await storage.setConsistency({ mode: "delayed", ms: 1000 });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await clock.advance(999);
    expect(await visible(ADA)).toBeUndefined();
    expect(await listed()).toEqual([]);
    expect(await storage.consistency()).toEqual({ mode: "delayed", ms: 1000, pending: 1 });
    await clock.advance(1);
    expect(await visible(ADA)).toBe("live");
    expect(await listed()).toEqual([ADA]);
    expect(await storage.consistency()).toEqual({ mode: "delayed", ms: 1000, pending: 0 });
  });

  it("applies a write to the current state, whether or not it is visible", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    expect(await storage.apply(store, [upsert(GRACE, "ada@example.com")])).toEqual([{ kind: "applied", id: ADA }]);
    expect(await storage.apply(store, [{ kind: "delete", profileId: ADA }])).toEqual([{ kind: "applied", id: ADA }]);
    expect(await storage.apply(store, [{ kind: "delete", profileId: ADA }])).toEqual([{ kind: "missing" }]);
  });

  it("shows one write at a time, in their order, when it is stepped", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await storage.apply(store, [upsert(GRACE, "grace@example.com")]);
    await storage.apply(store, [upsert(GRACE, "ada@example.com", "grace@example.com")]);
    await storage.apply(store, [{ kind: "delete", profileId: ADA }]);
    await clock.advance(1_000_000);

    expect(await listed()).toEqual([]);
    expect(await storage.step(1)).toBe(1);
    expect(await listed()).toEqual([ADA]);
    expect(await storage.step(1)).toBe(1);
    expect(await listed()).toEqual([ADA, GRACE]);
    expect(await storage.step(1)).toBe(1);
    expect(await storage.fetchProfile(STORE, GRACE)).toEqual({ kind: "moved", id: ADA });
    expect(await storage.step()).toBe(1);
    expect(await visible(ADA)).toBeUndefined();
    expect(await visible(GRACE)).toBeUndefined();
    expect(await storage.step()).toBe(0);
  });

  it("reaches the same state as the primary after concurrent writes", async () => {
    await storage.setConsistency({ mode: "manual" });
    const people = Array.from({ length: 60 }, (_, at) => {
      const id = `mem_profile_${String(at).padStart(26, "0")}`;
      return storage.apply(store, [upsert(id, `${at % 7}@example.com`, `${at % 11}@example.com`)]);
    });
    await Promise.all(people);
    expect(await storage.step()).toBe(60);
    const { primary, replica } = await storage.save();
    expect(primary["redirects"]).not.toEqual([]);
    expect(replica).toEqual({ visible: primary, pending: [] });
  });

  it("loses no write that comes while the mode is turned on", async () => {
    await Promise.all([
      storage.setConsistency({ mode: "manual" }),
      storage.apply(store, [upsert(ADA, "ada@example.com")]),
      storage.apply(store, [upsert(GRACE, "grace@example.com")]),
    ]);
    expect(await storage.consistency()).toEqual({ mode: "manual", pending: 2 });
    await storage.step();
    expect(await listed()).toEqual([ADA, GRACE]);
  });

  /** A storage whose primary delays its writes until the test releases them, and the writes that it received. */
  function openWaiting() {
    const primary = openMemory();
    const apply = primary.apply.bind(primary);
    const disk = Promise.withResolvers<void>();
    const asked: string[] = [];
    const applyLate: typeof apply = async (written, commands) => {
      asked.push(written.id);
      await disk.promise;
      return apply(written, commands);
    };
    const late = { ...primary, apply: applyLate };
    return { waiting: delayedStorage(late, openMemory, new Map([[STORE, store]]), clock), disk, asked };
  }

  it("passes writes on side by side while everything is visible at once", async () => {
    const { waiting, disk, asked } = openWaiting();
    const written = [ADA, GRACE].map((id) => waiting.apply(store, [upsert(id, `${id}@example.com`)]));
    await setImmediate();
    expect(asked).toHaveLength(2);
    disk.resolve();
    await Promise.all(written);
    await waiting.close();
  });

  it("has a write visible that was under way when the mode was turned on", async () => {
    const { waiting, disk } = openWaiting();
    const written = waiting.apply(store, [upsert(ADA, "ada@example.com")]);
    const turnedOn = waiting.setConsistency({ mode: "manual" });
    const late = waiting.apply(store, [upsert(GRACE, "grace@example.com")]);
    await setImmediate();
    disk.resolve();
    await Promise.all([written, turnedOn, late]);
    expect(await waiting.consistency()).toEqual({ mode: "manual", pending: 1 });
    expect(await waiting.listProfiles(STORE, "ASC", 10)).toEqual([ADA]);
    await waiting.close();
  });

  it("delays the rows of an import like any other write", async () => {
    const progress = { offset: 0, rows: 0, errors: 0, warnings: 0 };
    const importId = "mem_import_00000000000000000000000001";
    const times = { createdAt: START, updatedAt: START, expiresAt: START + 1000 };
    const record = { id: importId, filename: "people.csv", fileSize: 30, columnMappings: [], ...times, progress };
    await storage.createImport(STORE, { ...record, status: "PENDING" });
    await storage.acceptUpload(STORE, importId, "upload", START);
    await storage.claimImport(STORE, "owner", START, START + 1000);
    await storage.setConsistency({ mode: "manual" });
    const lease = { storeId: STORE, importId, owner: "owner", now: START, until: START + 1000 };
    const rows = {
      identifierTypes: rules.identifierTypes,
      commands: [upsert(ADA, "ada@example.com")],
    };

    expect(await storage.applyRows({ ...lease, owner: "another" }, rows, progress)).toBe(false);
    expect(await storage.applyRows(lease, rows, { ...progress, rows: 1 })).toBe(true);
    expect((await storage.fetchImport(STORE, importId))?.progress.rows).toBe(1);
    expect(await visible(ADA)).toBeUndefined();
    expect(await storage.step()).toBe(1);
    expect(await visible(ADA)).toBe("live");
  });

  it("shows everything when it goes back to immediate", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await storage.setConsistency({ mode: "immediate" });
    expect(await visible(ADA)).toBe("live");
    expect(await storage.consistency()).toEqual({ mode: "immediate", pending: 0 });
  });

  it("keeps what waits when one delay gives way to another", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await storage.setConsistency({ mode: "delayed", ms: 10 });
    expect(await visible(ADA)).toBeUndefined();
    await clock.advance(10);
    expect(await visible(ADA)).toBe("live");
  });

  it("saves and loads what is visible, what is not, and the mode", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    const saved = structuredClone(await storage.save());
    await storage.setConsistency({ mode: "immediate" });
    await storage.apply(store, [{ kind: "delete", profileId: ADA }]);

    await storage.load(saved);
    expect(await visible(ADA)).toBeUndefined();
    expect(await storage.consistency()).toEqual({ mode: "manual", pending: 1 });
    await storage.step();
    expect(await visible(ADA)).toBe("live");
  });

  it("starts the replica anew when it is restored", async () => {
    const empty = await storage.snapshot([STORE]);
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await storage.step();
    await storage.apply(store, [upsert(GRACE, "grace@example.com")]);
    await storage.restore([STORE], empty);
    expect(await listed()).toEqual([]);
    expect(await storage.step()).toBe(0);
    expect(await storage.consistency()).toEqual({ mode: "manual", pending: 0 });
  });

  it("delays nothing that failed", async () => {
    await storage.setConsistency({ mode: "manual" });
    await storage.apply(store, [upsert(ADA, "ada@example.com")]);
    await expect(storage.apply(store, [upsert(ADA, "grace@example.com")])).rejects.toThrow();
    expect(await storage.step()).toBe(1);
  });
});
