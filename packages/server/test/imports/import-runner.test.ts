import { setImmediate } from "node:timers/promises";
import { describe, expect, it, onTestFinished } from "vitest";
import { configuredStores } from "../../src/configuration/configured-stores.ts";
import { MAX_ATTEMPTS } from "../../src/imports/import-run.ts";
import { NodeUnavailableError, StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";
import { rules, storeId } from "./import-rules.ts";
import { HEADER, NO_PROGRESS, RunningImports } from "./running-imports.ts";

const accountSid = "AC00000000000000000000000000000000";
const good = (count: number) => Array.from({ length: count }, (_, at) => `ada${at}@example.com,,Ada,${at}\n`).join("");
const bad = (count: number) => ",,nobody,1\n".repeat(count);

describe("an import", () => {
  it("applies the rows of its file, completes, and removes the file", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(
      `\ufeffname,points,email,phone\r\n"Reyes, ""Ada""",7,ada@example.com,(415) 555-0123\r\nJonas,1e2,jonas@example.com,\\N`,
    );
    imports.now += 1000;
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({
      status: "COMPLETED",
      updatedAt: imports.now,
      progress: { rows: 2, errors: 0, warnings: 0 },
    });
    expect(Object.fromEntries(await imports.profiles())).toEqual({
      "ada@example.com": { email: "ada@example.com", phone: "(415) 555-0123", firstName: 'Reyes, "Ada"', points: 7 },
      "jonas@example.com": { email: "jonas@example.com", firstName: "Jonas", points: 100 },
    });
    for await (const _bytes of imports.uploads.read(storeId, id, "1", 0)) expect.unreachable("The file still exists.");
  });

  it("resolves identity like a create, and a later row overwrites an earlier one", async () => {
    await using imports = new RunningImports();
    await imports.uploaded(
      `${HEADER}ada@example.com,,Ada,1\n,4155550123,,2\nada@example.com,+14155550123,Ada Reyes,\\N\nADA@example.com,,,\n`,
    );
    await imports.runner().settle();
    expect([...(await imports.profiles()).values()]).toEqual([{ email: "ADA@example.com", phone: "", firstName: "" }]);
  });

  it("counts each row with errors or warnings once", async () => {
    await using imports = new RunningImports();
    const tooLong = "x".repeat(1025);
    const id = await imports.uploaded(
      `${HEADER}a@example.com,,${tooLong},many\nb@example.com,,B,\n,,${tooLong},1\nc@example.com\nd@example.com,,D,1\n`,
    );
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({
      status: "COMPLETED",
      progress: { rows: 5, errors: 2, warnings: 2 },
    });
    expect([...(await imports.profiles()).keys()]).toEqual(["a@example.com", "b@example.com", "d@example.com"]);
  });

  it.each([
    [99, "COMPLETED"],
    [100, "FAILED"],
  ])("with %d rows in error is %s, and its valid rows are kept", async (errors, status) => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + bad(errors - 1) + good(3) + bad(1));
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({ status, progress: { rows: errors + 3, errors, warnings: 0 } });
    expect((await imports.profiles()).size).toBe(3);
  });

  it("of only a header row is COMPLETED", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER);
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "COMPLETED", progress: { rows: 0 } });
  });

  it.each([
    ["\n", "It has no header row"],
    [`email,name,points\n${good(1)}`, 'Its header row lacks the mapped column "phone"'],
    [`email,phone,name,points,email\n${good(1)}`, 'Its header row has the mapped column "email" twice'],
  ])("is FAILED at once for a file of %j", async (csv, reason) => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(csv);
    await imports.runner().settle();
    const record = await imports.fetched(id);
    expect(record).toMatchObject({ status: "FAILED", progress: { rows: 0, errors: 0, warnings: 0 } });
    expect(imports.events.at(-1)).toEqual({
      kind: "ended",
      accountSid,
      storeId,
      importId: id,
      status: "FAILED",
      progress: record.progress,
      reason,
    });
  });

  it("is FAILED at the first unreadable row, and keeps the rows that were applied before", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(`${HEADER}${bad(1)}${good(999)}"secret`);
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "FAILED", progress: { rows: 1000, errors: 1 } });
    expect((await imports.profiles()).size).toBe(999);
    expect(imports.events.at(-1)).toMatchObject({ reason: expect.stringContaining("CSV_QUOTE_NOT_CLOSED") });
    expect(JSON.stringify(imports.events)).not.toContain("secret");
  });

  it("is FAILED once its upload URL has expired without a file", async () => {
    await using imports = new RunningImports();
    const id = await imports.created();
    const { expiresAt } = await imports.fetched(id);
    const runner = imports.runner();
    imports.now = expiresAt - 1;
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("PENDING");
    imports.now = expiresAt;
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("FAILED");
    expect(imports.events).toMatchObject([{ kind: "ended", reason: expect.stringContaining("not uploaded") }]);
  });
});

describe("the import runner", () => {
  it("reports when an import starts and how it ends", async () => {
    await using imports = new RunningImports();
    const importId = await imports.uploaded(HEADER + good(2) + bad(1));
    await imports.runner().settle();
    const { progress } = await imports.fetched(importId);
    expect(imports.events).toStrictEqual([
      { kind: "started", accountSid, storeId, importId, progress: { offset: 0, rows: 0, errors: 0, warnings: 0 } },
      { kind: "progressed", accountSid, storeId, importId, rows: progress.rows, errors: progress.errors },
      { kind: "ended", accountSid, storeId, importId, status: "COMPLETED", progress },
    ]);
    expect(JSON.stringify(imports.events)).not.toContain("ada");
  });

  it("runs all due imports before it settles", async () => {
    await using imports = new RunningImports();
    const ids = [await imports.uploaded(HEADER + good(1500)), await imports.uploaded(HEADER + good(1))];
    await imports.runner().settle();
    for (const id of ids) expect((await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it("runs one import of each store in turn, however many each store has", async () => {
    const stores = [storeId, "mem_store_00000000000000000000000001", "mem_store_00000000000000000000000002"] as const;
    await using imports = new RunningImports();
    const [first, second, third] = stores;
    for (const store of [first, first, first, second, second, third]) {
      await imports.uploaded(HEADER + good(1), NO_PROGRESS, store);
    }
    const runner = imports.runner({
      stores: configuredStores(new Map(stores.map((store) => [store, { accountSid, rules }]))),
    });
    await runner.settle();
    const started = imports.events.flatMap((event) => (event.kind === "started" ? [event.storeId] : []));
    expect(started).toEqual([first, second, third, first, second, first]);
  });

  it("polls again if it is woken while it polls", async () => {
    await using imports = new RunningImports();
    const claimImport = imports.storage.claimImport.bind(imports.storage);
    const late = Promise.withResolvers<string>();
    imports.storage.claimImport = async (...values) => {
      imports.storage.claimImport = claimImport;
      const nothing = await claimImport(...values);
      late.resolve(await imports.uploaded(HEADER + good(1)));
      runner.wake();
      return nothing;
    };
    const runner = imports.runner();
    const id = await late.promise;
    await expect.poll(async () => (await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it("runs due imports when it is woken, even while another one runs", async () => {
    await using imports = new RunningImports();
    const runner = imports.runner();
    await runner.settle();
    const first = await imports.uploaded(HEADER + good(1500));
    runner.wake();
    await expect.poll(async () => (await imports.fetched(first)).progress.rows).toBeGreaterThan(0);
    const second = await imports.uploaded(HEADER + good(1));
    runner.wake();
    await expect.poll(async () => (await imports.fetched(second)).status).toBe("COMPLETED");
  });

  it("polls at an interval, and once when it starts", async () => {
    await using imports = new RunningImports();
    const first = await imports.uploaded(HEADER + good(1));
    imports.runner({ settings: { leaseMs: 60_000, pollMs: 5 } });
    await expect.poll(async () => (await imports.fetched(first)).status).toBe("COMPLETED");
    const second = await imports.uploaded(HEADER + good(1));
    await expect.poll(async () => (await imports.fetched(second)).status).toBe("COMPLETED");
  });

  it("runs each import once, however many runners there are", async () => {
    await using imports = new RunningImports();
    const ids = [];
    for (let count = 0; count < 6; count++) ids.push(await imports.uploaded(HEADER + good(1100)));
    const runners = [imports.runner(), imports.runner(), imports.runner()];
    await Promise.all(runners.map((runner) => runner.settle()));
    const ended = imports.events.flatMap((event) => (event.kind === "ended" ? [event.importId] : []));
    expect(ended.sort()).toEqual(ids);
  });

  it("stops an import when another owner takes over its lease", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(2500));
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    imports.storage.applyRows = async (lease, commands, progress) => {
      if (progress.rows === 1000) {
        imports.now += 60_000;
        expect(await imports.storage.claimImport(storeId, "other", imports.now, imports.now + 1)).toBeDefined();
      }
      return applyRows(lease, commands, progress);
    };
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "PROCESSING", progress: { rows: 500 } });
    expect(imports.events.at(-1)).toEqual({ kind: "interrupted", accountSid, storeId, importId: id, by: "lost lease" });
  });

  it("extends the lease with each batch", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(2500));
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    imports.storage.applyRows = async (...values) => {
      const isApplied = await applyRows(...values);
      imports.now += 50_000;
      expect(await imports.storage.claimImport(storeId, "other", imports.now, imports.now + 1)).toBeUndefined();
      return isApplied;
    };
    await imports.runner().settle();
    expect((await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it("stops after the current batch, and another runner can continue at once", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(2500));
    await imports.stoppedRunner();
    expect(await imports.fetched(id)).toMatchObject({ status: "PROCESSING", progress: { rows: 500 } });
    expect(imports.events.at(-1)).toEqual({ kind: "interrupted", accountSid, storeId, importId: id, by: "stop" });
    await imports.runner().settle();
    expect(await imports.fetched(id)).toMatchObject({ status: "COMPLETED", progress: { rows: 2500 } });
  });

  it("reports how long the oldest import has been due, in any store", async () => {
    await using imports = new RunningImports();
    const other = "mem_store_00000000000000000000000001";
    await imports.uploaded(HEADER, NO_PROGRESS, other);
    imports.now += 2000;
    await imports.uploaded(HEADER);
    imports.now += 1000;
    const reported: number[] = [];
    const stores = new Map([storeId, other].map((store) => [store, { accountSid, rules }]));
    // Another process cannot claim them either.
    imports.storage.claimImport = async () => undefined;
    const runner = imports.runner({
      stores: configuredStores(stores),
      reportWaiting: (ms) => reported.push(ms),
    });
    await runner.stop();
    expect(reported).toEqual([3000]);
  });

  it("does nothing after it is stopped", async () => {
    await using imports = new RunningImports();
    const runner = imports.runner();
    await runner.stop();
    const id = await imports.uploaded(HEADER + good(1));
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("PROCESSING");
  });

  it("reports an unavailable storage, and retries", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(1));
    const claimImport = imports.storage.claimImport.bind(imports.storage);
    const error = new StorageUnavailableError("It is full.");
    imports.storage.claimImport = async () => {
      imports.storage.claimImport = claimImport;
      throw error;
    };
    const runner = imports.runner();
    await runner.settle();
    expect(imports.events[0]).toEqual({ kind: "delayed", error });
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it("runs the imports of other stores if a node of the storage is unavailable, and reports the first of its stores", async () => {
    await using imports = new RunningImports();
    const ids = ["mem_store_1", "mem_store_2", "mem_store_3", "mem_store_4"];
    for (const id of ids) await imports.uploaded(`${HEADER}ada@example.com,,Ada,1\n`, NO_PROGRESS, id);
    const claimImport = imports.storage.claimImport.bind(imports.storage);
    let isDead = true;
    imports.storage.claimImport = async (id, ...values) => {
      if (isDead && id !== "mem_store_2" && id !== "mem_store_4")
        throw new NodeUnavailableError("Node 2 is unavailable.");
      return claimImport(id, ...values);
    };
    const stores = configuredStores(new Map(ids.map((id) => [id, { accountSid: "AC1", rules }])));
    const runner = imports.runner({ stores });
    await runner.settle();
    const ended = () => imports.events.flatMap((event) => (event.kind === "ended" ? [event.storeId] : []));
    expect(ended()).toEqual(["mem_store_2", "mem_store_4"]);
    const delayed = imports.events.flatMap((event) => (event.kind === "delayed" ? [event.storeId] : []));
    expect(new Set(delayed)).toEqual(new Set(["mem_store_1"]));
    isDead = false;
    await runner.settle();
    expect(ended()).toEqual(["mem_store_2", "mem_store_4", "mem_store_1", "mem_store_3"]);
  });

  it("releases the lease of an import whose file is temporarily unavailable", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(1));
    const read = imports.uploads.read.bind(imports.uploads);
    imports.uploads.read = () => {
      imports.uploads.read = read;
      throw new StorageUnavailableError("The disk fails.");
    };
    const runner = imports.runner();
    await runner.settle();
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it.each([
    ["a file that cannot be read", new StorageUnavailableError("The disk fails.")],
    ["a store whose rows conflict with other writes", new StorageBusyError("It lost for too long.")],
  ])("does not let %s delay the imports of other stores", async (_, error) => {
    await using imports = new RunningImports();
    const other = "mem_store_00000000000000000000000001";
    const failing = await imports.uploaded(HEADER + good(1));
    await imports.uploaded(HEADER + good(1), NO_PROGRESS, other);
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    imports.storage.applyRows = async (lease, ...values) => {
      if (lease.storeId === storeId) throw error;
      return applyRows(lease, ...values);
    };
    const runner = imports.runner({
      stores: configuredStores(new Map([storeId, other].map((store) => [store, { accountSid, rules }]))),
    });
    await runner.settle();
    expect(imports.events).toContainEqual({ kind: "delayed", accountSid, storeId, importId: failing, error });
    expect(imports.events).toContainEqual(
      expect.objectContaining({ kind: "ended", storeId: other, status: "COMPLETED" }),
    );
    imports.storage.applyRows = applyRows;
    await runner.settle();
    expect((await imports.fetched(failing)).status).toBe("COMPLETED");
  });

  it("reports why an import is delayed even if its lease cannot be released", async () => {
    await using imports = new RunningImports();
    const importId = await imports.uploaded(HEADER + good(1));
    const error = new StorageUnavailableError("The disk fails.");
    imports.storage.applyRows = () => Promise.reject(error);
    imports.storage.releaseImport = () => Promise.reject(new StorageUnavailableError("It still fails."));
    await imports.runner().settle();
    expect(imports.events.at(-1)).toEqual({ kind: "delayed", accountSid, storeId, importId, error });
  });

  it("continues with other imports if one fails with an unexpected error", async () => {
    await using imports = new RunningImports();
    const poisoned = await imports.uploaded(HEADER + good(1));
    const other = await imports.uploaded(HEADER + good(1));
    const read = imports.uploads.read.bind(imports.uploads);
    imports.uploads.read = (store, importId, ...rest) => {
      if (importId === poisoned) throw new Error("A bug");
      return read(store, importId, ...rest);
    };
    const runner = imports.runner();
    await runner.settle();
    await runner.settle();
    expect((await imports.fetched(other)).status).toBe("COMPLETED");
    expect((await imports.fetched(poisoned)).status).toBe("PROCESSING");
    expect(imports.events).toContainEqual({
      kind: "delayed",
      accountSid,
      storeId,
      importId: poisoned,
      error: new Error("A bug"),
    });
  });

  it("fails an import after repeated errors, and reports each of them", async () => {
    await using imports = new RunningImports();
    const poisoned = await imports.uploaded(HEADER + good(1));
    imports.uploads.read = () => {
      throw new Error("A bug");
    };
    const runner = imports.runner();
    for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt++) {
      await runner.settle();
      expect((await imports.fetched(poisoned)).status).toBe("PROCESSING");
      imports.now += 60_000;
    }
    await runner.settle();
    expect((await imports.fetched(poisoned)).status).toBe("FAILED");
    expect(imports.events.filter(({ kind }) => kind === "delayed")).toHaveLength(MAX_ATTEMPTS);
    expect(imports.events.at(-1)).toMatchObject({ kind: "ended", reason: expect.stringContaining("without progress") });
  });

  it("does not count attempts that ended with a stop or an unavailable storage", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(1));
    const read = imports.uploads.read.bind(imports.uploads);
    imports.uploads.read = () => {
      throw new StorageUnavailableError("The disk fails.");
    };
    const runner = imports.runner();
    for (let attempt = 0; attempt <= MAX_ATTEMPTS; attempt++) await runner.settle();
    imports.uploads.read = read;
    await runner.settle();
    expect((await imports.fetched(id)).status).toBe("COMPLETED");
  });

  it("sweeps the uploads of all stores when it starts, and again every ten minutes", async () => {
    await using imports = new RunningImports();
    const swept: (readonly string[])[] = [];
    imports.uploads.sweep = async (storeIds) => void swept.push(storeIds);
    const other = "mem_store_00000000000000000000000001";
    const stores = [storeId, other].map((store) => [store, { accountSid, rules }] as const);
    const runner = imports.runner({ stores: configuredStores(new Map(stores)) });
    const sweepsAfter = async (ms: number) => {
      imports.now += ms;
      await runner.settle();
      return swept.length;
    };
    expect([await sweepsAfter(0), await sweepsAfter(599_999), await sweepsAfter(1)]).toEqual([1, 1, 2]);
    expect(await sweepsAfter(600_000)).toBe(3);
    expect(swept[0]).toEqual([storeId, other]);
  });

  it("applies no more rows once it has lost its lease, and closes the file", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(3500));
    const read = imports.uploads.read.bind(imports.uploads);
    let open = 0;
    imports.uploads.read = async function* (...values) {
      open++;
      try {
        for await (const piece of read(...values)) {
          for (let at = 0; at < piece.length; at += 20_000) yield piece.subarray(at, at + 20_000);
        }
      } finally {
        open--;
      }
    };
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    const attempted: number[] = [];
    imports.storage.applyRows = async (lease, rows, progress) => {
      attempted.push(progress.rows);
      return attempted.length < 2 && applyRows(lease, rows, progress);
    };
    await imports.runner().settle();
    expect(attempted).toHaveLength(2);
    expect(open).toBe(0);
    expect(imports.events.at(-1)).toEqual({ kind: "interrupted", accountSid, storeId, importId: id, by: "lost lease" });
  });

  it("reports no end, and keeps the file, if it loses its lease before the import ends", async () => {
    await using imports = new RunningImports();
    const id = await imports.uploaded(HEADER + good(1));
    const finishImport = imports.storage.finishImport.bind(imports.storage);
    imports.storage.finishImport = async (...values) => {
      imports.now += 60_000;
      expect(await imports.storage.claimImport(storeId, "other", imports.now, imports.now + 1)).toBeDefined();
      return finishImport(...values);
    };
    await imports.runner().settle();
    expect(imports.events.map(({ kind }) => kind)).toEqual(["started", "progressed", "interrupted"]);
    expect(imports.events.at(-1)).toEqual({ kind: "interrupted", accountSid, storeId, importId: id, by: "lost lease" });
    const pieces = [];
    for await (const piece of imports.uploads.read(storeId, id, "1", 0)) pieces.push(piece);
    expect(Buffer.concat(pieces).toString()).toBe(HEADER + good(1));
  });

  it("reports how many rows are errors if that is why an import failed", async () => {
    await using imports = new RunningImports();
    await imports.uploaded(HEADER + bad(101));
    await imports.runner().settle();
    expect(imports.events.at(-1)).toMatchObject({ status: "FAILED", reason: "101 of its rows are errors" });
  });

  it("leaves no rejection unhandled if the next rows cannot be read while some are applied", async () => {
    await using imports = new RunningImports();
    const wide = `ada@example.com,,Ada,1,${"x".repeat(2_200_000)}\n`;
    const id = await imports.uploaded(`${HEADER.trim()},notes\n${wide}${wide}${wide}`);
    const read = imports.uploads.read.bind(imports.uploads);
    const failed = Promise.withResolvers<void>();
    imports.uploads.read = async function* (...values) {
      yield* read(...values);
      if (values[3] === 0) return;
      failed.resolve();
      throw new StorageUnavailableError("The disk fails.");
    };
    const applyRows = imports.storage.applyRows.bind(imports.storage);
    imports.storage.applyRows = async (...values) => {
      await failed.promise;
      await setImmediate();
      return applyRows(...values);
    };
    const unhandled: unknown[] = [];
    const onUnhandled = (error: unknown) => void unhandled.push(error);
    process.on("unhandledRejection", onUnhandled);
    onTestFinished(() => void process.off("unhandledRejection", onUnhandled));
    await imports.runner().settle();
    expect(unhandled).toEqual([]);
    expect(await imports.fetched(id)).toMatchObject({ status: "PROCESSING", progress: { rows: 2 } });
  });
});
