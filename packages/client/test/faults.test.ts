import { createMemoryClient, type ImportJob, isConnectionError, isMemoryApiError } from "@memory-api/client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { sandboxProcess } from "./sandbox-process.ts";

let sandbox: Awaited<ReturnType<typeof sandboxProcess>>;
beforeAll(async () => {
  sandbox = await sandboxProcess();
});
afterAll(() => sandbox.stop());
beforeEach(() => sandbox.reset());

/** Every fault that a response can have, after a burst of 429. */
const FAULTS = [
  { times: 12, fault: { kind: "status", status: 429, retryAfter: 1 } },
  { probability: 0.04, fault: { kind: "status", status: 503 } },
  { probability: 0.04, fault: { kind: "reset" } },
  { probability: 0.04, fault: { kind: "truncate" } },
  { probability: 0.04, fault: { kind: "slow", bytesPerSecond: 1000 } },
];

function store() {
  const { url: baseUrl, credentials, storeId } = sandbox;
  // Pauses are short, except those that the service requests with a 429.
  return createMemoryClient({ baseUrl, credentials, retry: { attempts: 10, baseMs: 5 } }).store(storeId);
}

const person = (number: number) => ({ traits: { Contact: { email: `person${number}@example.com` } } });
const people = (count: number) => Array.from({ length: count }, (_, number) => person(number));
const csv = (name: string) =>
  new Blob(["email,name\n", ...Array.from({ length: 20 }, (_, row) => `${name}${row}@example.com,${name}\n`)]);

describe("under 429, 503, resets, truncated and slow bodies", () => {
  it("every created profile exists once", async () => {
    await sandbox.planFaults(FAULTS);
    const { profiles } = store();
    const created = await Promise.all(people(200).map((each) => profiles.create(each)));
    expect(await sandbox.faultCount()).toBeGreaterThan(12);
    await sandbox.recover();
    const listed = await profiles.list().toArray({ limit: 10_000 });
    expect(new Set(listed)).toEqual(new Set(created.map(({ id }) => id)));
    expect(listed).toHaveLength(200);
  });

  it("every profile of a bulk upsert exists once", async () => {
    await sandbox.planFaults(FAULTS);
    const { profiles } = store();
    expect(await profiles.bulkUpsert(people(5000), { concurrency: 3 })).toEqual({ items: 5000, chunks: 5 });
    expect(await sandbox.faultCount()).toBeGreaterThanOrEqual(12);
    await sandbox.recover();
    expect(await profiles.list().toArray({ limit: 10_000 })).toHaveLength(5000);
  });

  it("no import is created twice, and every import whose ID is known is completed with all its rows", async () => {
    await sandbox.planFaults(FAULTS.map((each) => ("times" in each ? each : { ...each, probability: 0.15 })));
    const { imports, profiles } = store();
    const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;
    const jobs = Array.from({ length: 20 }, (_, number) =>
      imports.run(csv(`file${number}-`), { mapping, filename: "a.csv" }),
    );
    const ends = await Promise.all(jobs.map(endOf));
    await sandbox.recover();

    const known = jobs.filter(({ importId }) => importId !== undefined);
    const unknown = jobs.length - known.length;
    const listed = (await imports.list()).imports;
    expect(listed).toEqual(expect.arrayContaining(known.map(({ importId }) => importId)));
    expect(listed.length).toBeLessThanOrEqual(jobs.length);
    expect(ends.filter((end) => end === "completed")).toHaveLength(known.length);
    expect(ends.filter((end) => end === "unknown")).toHaveLength(unknown);
    expect(await profiles.list().toArray({ limit: 10_000 })).toHaveLength(known.length * 20);
    // Without imports of both kinds, the test shows nothing.
    expect(unknown).toBeGreaterThan(0);
    expect(known.length).toBeGreaterThan(0);
  });
});

/** Returns how a job ends. An import whose creation has an unknown outcome is not created again, and the error says so. */
async function endOf(job: ImportJob): Promise<string> {
  try {
    const { summary } = await job;
    return summary.errors + summary.warnings === 0 ? "completed" : "rows failed";
  } catch (error) {
    const isUnknown = isConnectionError(error) || isMemoryApiError(error, "createProfilesImportV2", 503);
    return isUnknown && job.importId === undefined ? "unknown" : String(error);
  }
}
