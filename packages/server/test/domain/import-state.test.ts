import { describe, expect, it } from "vitest";
import {
  canceled,
  createdImport,
  finished,
  type ImportRecord,
  type ImportState,
  type Lease,
  leased,
  progressed,
  released,
  retried,
  uploadOutcome,
  withUpload,
} from "../../src/domain/imports/import-state.ts";

const none = { offset: 0, rows: 0, errors: 0, warnings: 0 };
const some = { offset: 90, rows: 3, errors: 2, warnings: 1 };
const record: ImportRecord = {
  ...{ id: "import", filename: "people.csv", fileSize: 100, columnMappings: [], status: "PENDING" },
  ...{ createdAt: 10, updatedAt: 10, expiresAt: 100, progress: none },
};
const lease: Lease = { storeId: "store", importId: "import", owner: "owner", now: 50, until: 80 };
/** An import that the owner has leased for the second time. */
const held: ImportState = {
  record: { ...record, status: "PROCESSING", uploadId: "upload", updatedAt: 20 },
  job: { dueAt: 60, owner: "owner", attempts: 2 },
};
const ended: ImportState = { record: { ...held.record, status: "COMPLETED" } };

describe("an import", () => {
  it("is due when its upload URL expires", () => {
    expect(createdImport(record)).toEqual({ record, job: { dueAt: 100, attempts: 0 } });
  });

  it("is PROCESSING and due once it has a file, and keeps no owner", () => {
    expect(withUpload({ record, job: { dueAt: 100, owner: "owner", attempts: 1 } }, "upload", 20)).toEqual({
      record: { ...record, status: "PROCESSING", uploadId: "upload", updatedAt: 20 },
      job: { dueAt: 20, attempts: 0 },
    });
  });
});

describe("an upload", () => {
  it("is accepted until the URL expires, and not at that time", () => {
    expect([99, 100, 101].map((now) => uploadOutcome(record, now))).toEqual(["accepted", "expired", "expired"]);
  });

  it("is not accepted by an import that has a file, even if it has expired", () => {
    expect([99, 100].map((now) => uploadOutcome({ ...record, uploadId: "first" }, now))).toEqual(["taken", "taken"]);
  });

  it("is not accepted by an import that ended without a file", () => {
    expect(uploadOutcome({ ...record, status: "FAILED" }, 99)).toBe("expired");
  });
});

describe("a lease", () => {
  it("is given from the time at which the import is due, and counts as an attempt", () => {
    expect(leased(held, "other", 59, 90)).toBeUndefined();
    const expected = { record: held.record, job: { dueAt: 90, owner: "other", attempts: 3 } };
    expect(leased(held, "other", 60, 90)).toEqual(expected);
    expect(leased(held, "other", 61, 90)).toEqual(expected);
  });

  it("is extended by progress, which sets the attempts back to zero", () => {
    expect(progressed(held, lease, some)).toEqual({
      record: { ...held.record, progress: some, updatedAt: 50 },
      job: { dueAt: 80, owner: "owner", attempts: 0 },
    });
  });

  it.each(["COMPLETED", "FAILED"] as const)("ends with the import (%s)", (status) => {
    expect(finished(held, lease, status, some)).toEqual({
      record: { ...held.record, status, progress: some, updatedAt: 50 },
    });
  });

  it("that is released has no owner, is due now and does not count as an attempt", () => {
    expect(released(held, lease)).toEqual({ record: held.record, job: { dueAt: 50, attempts: 1 } });
  });

  it("that is released after progress leaves no negative attempts", () => {
    expect(released({ ...held, job: { dueAt: 60, owner: "owner", attempts: 0 } }, lease)?.job?.attempts).toBe(0);
  });

  it.each<[string, ImportState]>([
    ["of another owner", { ...held, job: { dueAt: 60, owner: "other", attempts: 1 } }],
    ["of nobody", { ...held, job: { dueAt: 60, attempts: 1 } }],
    ["of an import that has ended", ended],
  ])("%s cannot be used", (_what, state) => {
    expect(progressed(state, lease, some)).toBeUndefined();
    expect(finished(state, lease, "FAILED", some)).toBeUndefined();
    expect(released(state, lease)).toBeUndefined();
  });

  it("is not given for an import that has ended", () => {
    expect(leased(ended, "owner", 1000, 2000)).toBeUndefined();
  });
});

describe("an operator", () => {
  it("cancels an import that has not ended, which keeps its progress and has no job", () => {
    const waiting: ImportState = { record, job: { dueAt: 100, attempts: 0 } };
    expect(canceled(waiting, 70)).toEqual({ record: { ...record, status: "FAILED", updatedAt: 70 } });
    const partial: ImportState = { ...held, record: { ...held.record, progress: some } };
    expect(canceled(partial, 70)).toEqual({ record: { ...partial.record, status: "FAILED", updatedAt: 70 } });
    expect(canceled(ended, 70)).toBeUndefined();
  });

  it("retries only an import that is PROCESSING, which then has no owner and no failed attempts", () => {
    expect(retried(held, 70)).toEqual({ record: held.record, job: { dueAt: 70, attempts: 0 } });
    expect(retried({ record, job: { dueAt: 100, attempts: 0 } }, 70)).toBeUndefined();
    expect(retried(ended, 70)).toBeUndefined();
  });

  it("takes the lease from its owner, who then cannot change the import", () => {
    for (const changed of [canceled(held, 70), retried(held, 70)]) {
      expect(changed).toBeDefined();
      if (changed) expect([progressed(changed, lease, some), released(changed, lease)]).toEqual([undefined, undefined]);
    }
  });
});
