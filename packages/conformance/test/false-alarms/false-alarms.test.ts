import { startMock } from "@memory-api/mock";
import { describe, expect, it } from "vitest";
import { type RunOptions, runConformance } from "../../src/run/run-conformance.ts";
import type { Target } from "../../src/target.ts";
import { ALL_OPERATIONS, JSON_WRITES } from "../planted-bugs/planted-bug.ts";
import { startReferenceServer } from "../reference-server/reference-server.ts";
import { delayWrites } from "../support/delay-writes.ts";
import { reasonToSkip, startPostgres } from "../support/postgres-for-tests.ts";
import { ACCOUNT, OTHER_ACCOUNT, startServer } from "../support/start-server.ts";
import { NUMBER_TRAIT, withNumberTrait } from "../support/with-number-trait.ts";
import { STATELESS } from "./stateless.ts";

const isSoak = process.env["SOAK"] === "1";
const SEEDS = Array.from({ length: isSoak ? 20 : 2 }, (_, at) => at + 1);
/** How long a run takes on a busy machine. */
const TIMEOUT_MS = SEEDS.length * 10 * 60_000;
/** How long writes stay invisible. The kit waits for each of them, so a short test delays them less. */
const DELAY_MS = isSoak ? 300 : 100;

/** The scenarios whose writes depend on the seed. */
const SEEDED_WRITES = [
  "model/random-",
  "concurrency/many-identifiers",
  "concurrency/history-",
  ...JSON_WRITES.map((id) => `requests/${id}/random-valid/`),
];

/** The scenarios whose requests depend on the seed. All others send the same requests with each seed, to other people. */
const SEEDED = [
  ...SEEDED_WRITES,
  ...JSON_WRITES.map((id) => `requests/${id}/random-invalid/`),
  ...ALL_OPERATIONS.filter((id) => id !== "uploadImportFile").map((id) => `requests/${id}/path/`),
  "requests/listProfiles/query/",
  "requests/fetchProfile/query/",
];

interface FalseAlarmOptions extends Omit<RunOptions, "target" | "seed"> {
  /**
   * Whether only the storage differs from that of another test. A short test then sends only those generated requests that are
   * valid, since the storage never sees the others.
   */
  readonly isVariant?: boolean;
}

/** Runs the kit with each seed. @returns what it found, which is a false alarm, and how much it did */
async function run(target: Target, { isVariant = false, ...options }: FalseAlarmOptions = {}) {
  const alarms: string[] = [];
  const notes: string[] = [];
  let scenarios = 0;
  for (const seed of SEEDS) {
    const report = await runConformance({ ...selectionOf(seed, isVariant), ...options, target, seed });
    notes.push(...report.problems);
    scenarios += report.scenarios;
    for (const { code, operationId, expected, received, repeat } of report.findings) {
      alarms.push(
        `seed ${seed}, ${repeat.scenario}: ${code} ${operationId}: expected ${expected}, received ${received}`,
      );
    }
    for (const { code, scenario } of report.flaky) notes.push(`seed ${seed}, ${scenario}: ${code}`);
  }
  return {
    alarms,
    notes,
    scenarios,
    coverage: `${alarms.length} findings in ${scenarios} scenarios over ${SEEDS.length} seeds`,
  };
}

/** The scenarios of a run. A short test runs those that do not depend on the seed once. */
function selectionOf(seed: number, isVariant: boolean): Pick<RunOptions, "only" | "skip"> {
  if (isSoak) return {};
  if (seed > 1) return { only: isVariant ? SEEDED_WRITES : SEEDED };
  return isVariant ? { skip: ["requests"] } : {};
}

describe("on a correct implementation, the kit finds nothing:", { timeout: TIMEOUT_MS }, () => {
  it("the server of this project on SQLite", async ({ task }) => {
    const server = await startServer();
    const { coverage, alarms, notes } = await run(server.target).finally(() => server.stop());
    task.meta.coverage = `${coverage} on SQLite`;
    expect({ alarms, notes }).toEqual({ alarms: [], notes: [] });
  });

  it("the server of this project on PostgreSQL", async ({ task, skip }) => {
    skip(reasonToSkip !== undefined, reasonToSkip);
    const postgres = await startPostgres();
    const server = await startServer({ databaseUrl: postgres.databaseUrl, isSandbox: false });
    const { coverage, alarms, notes } = await run(server.target, { isVariant: true }).finally(async () => {
      await server.stop();
      await postgres.stop();
    });
    task.meta.coverage = `${coverage} on PostgreSQL`;
    expect({ alarms, notes }).toEqual({ alarms: [], notes: [] });
  });

  it("the server of this project with writes that become visible later", async ({ task }) => {
    const server = await startServer();
    const target = await delayWrites(server.target, DELAY_MS);
    const { coverage, alarms, notes } = await run(target, { isVariant: true }).finally(() => server.stop());
    task.meta.coverage = `${coverage} with delayed writes`;
    expect({ alarms, notes }).toEqual({ alarms: [], notes: [] });
  });

  if (isSoak) {
    it.each<[string, number]>([
      ["at once", 0],
      ["later", DELAY_MS],
    ])("the server of this project with the profile full and writes that become visible %s", async (_, delayMs) => {
      const server = await startServer({ configuration: withNumberTrait });
      const whole: Target = { ...server.target, numberTrait: NUMBER_TRAIT };
      const target = delayMs > 0 ? await delayWrites(whole, delayMs) : whole;
      const report = await runConformance({ target, seed: 1, profile: "full" }).finally(() => server.stop());
      expect([report.findings, report.flaky, report.problems]).toEqual([[], [], []]);
    });
  }

  it("a server that was written only for this test", async ({ task }) => {
    const server = await startReferenceServer([ACCOUNT, OTHER_ACCOUNT]);
    const { coverage, alarms, notes } = await run(server.target).finally(() => server.stop());
    task.meta.coverage = `${coverage} on the reference server`;
    expect({ alarms, notes }).toEqual({ alarms: [], notes: [] });
  });

  it("Prism, in what needs no state", async ({ task }) => {
    const mock = await startMock();
    const target: Target = { ...MOCK_TARGET, baseUrl: mock.url };
    const { coverage, ...found } = await run(target, { only: STATELESS }).finally(() => mock.stop());
    task.meta.coverage = `${coverage} on Prism`;
    expect(found).toEqual({ alarms: [], notes: [], scenarios: STATELESS.length * SEEDS.length });
  });
});

/** Prism accepts any credentials, and knows no stores. */
const MOCK_TARGET = { account: ACCOUNT, isImmediate: true, eventualWithinMs: 0, isReadOnly: false } as const;
