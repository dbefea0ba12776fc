import { writeFile } from "node:fs/promises";
import { operations } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { prism, respect } from "./other-tools.ts";
import { PLANTED_BUGS } from "./planted-bugs.ts";
import { type BugScore, checkScores, forgottenPhases, isKilled, scoreBugs, startPlantedServer } from "./score.ts";
import { EXCEPTIONS, scoreTable } from "./score-table.ts";

const isSoak = process.env["SOAK"] === "1";
/** At least so much of the bugs must be found. */
const REQUIRED_SHARE = 0.95;

/** How long the sample takes on a very busy machine. */
const TIMEOUT_MS = 10 * 60_000;

/** Bugs of every kind, for a run of a minute. `test:soak` plants all of them. */
const SAMPLE = [
  "create-200",
  "crash-on-page-token",
  "crash-on-invalid-json",
  "error-status-constant",
  "allow-missing",
  "retry-after-fractional",
  "extra-property-accepted-in-mapping",
  "largest-page-rejected",
  "order-by-ignored",
  "wrong-secret-accepted",
  "body-before-credentials",
  "merge-keeps-newest",
  "null-stored",
  "batch-in-reverse-order",
  "page-skips-one",
  "second-upload-accepted",
  "quoted-comma-splits",
  "expired-url-accepted",
];

describe("the planted bugs", () => {
  it("are at least 90, each with a name of its own", () => {
    const names = PLANTED_BUGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(90);
    expect(SAMPLE.filter((name) => !names.includes(name))).toEqual([]);
  });

  it("cover every operation", () => {
    const covered = new Set(PLANTED_BUGS.flatMap((bug) => bug.in));
    expect([...covered].sort()).toEqual([...Object.keys(operations), "routes"].sort());
  });

  it("are looked for by every phase, unless it is excepted", () => {
    expect(forgottenPhases()).toEqual([]);
  });
});

describe("the kit", () => {
  it("finds nothing through the proxy if no bug is planted", { timeout: TIMEOUT_MS }, async () => {
    const planted = await startPlantedServer();
    try {
      // The test of false alarms runs the rest, which does not depend on how a request is forwarded.
      const skip = ["workflows", ...(isSoak ? [] : ["model/random-", "requests"])];
      const report = await planted.run({ skip });
      expect(report.findings).toEqual([]);
      expect(report.flaky).toEqual([]);
      expect(planted.proxy.failure).toBeUndefined();
    } finally {
      await planted.stop();
    }
  });

  if (isSoak) {
    it("finds at least 95 % of all planted bugs, and every check finds one", { timeout: 30 * TIMEOUT_MS }, async ({
      task,
    }) => {
      const scores = await scoreBugs({
        bugs: PLANTED_BUGS,
        others: { respect, prism },
        isComplete: true,
        onScore: (score) => console.log(`${isKilled(score) ? "killed  " : "SURVIVED"} ${score.bug.name}`),
      });
      const table = scoreTable(scores);
      console.log(table);
      await writeFile(new URL("../../PLANTED-BUGS.md", import.meta.url), table);
      task.meta.coverage = headline(scores);
      expect(scores.filter(isKilled).length / scores.length).toBeGreaterThanOrEqual(REQUIRED_SHARE);
      const idle = checkScores(scores).filter(({ kills }) => kills === 0);
      expect(idle.map(({ code }) => code).sort()).toEqual(Object.keys(EXCEPTIONS).sort());
    });
  } else {
    it("finds a sample of the planted bugs", { timeout: TIMEOUT_MS }, async ({ task }) => {
      const scores = await scoreBugs({ bugs: PLANTED_BUGS.filter(({ name }) => SAMPLE.includes(name)) });
      task.meta.coverage = headline(scores);
      expect(scores.filter((score) => !isKilled(score)).map(({ bug }) => bug.name)).toEqual([]);
    });
  }
});

function headline(scores: readonly BugScore[]): string {
  return `${scores.filter(isKilled).length} of ${scores.length} planted bugs killed`;
}
