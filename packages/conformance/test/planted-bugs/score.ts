import { CHECKS } from "../../src/checks/catalogue.ts";
import type { Listener } from "../../src/events.ts";
import type { Finding } from "../../src/findings/finding.ts";
import { PHASES } from "../../src/phases/phases.ts";
import { type RunOptions, runConformance } from "../../src/run/run-conformance.ts";
import { type FaultyProxy, startFaultyProxy } from "../support/faulty-proxy.ts";
import { startServer } from "../support/start-server.ts";
import { type PlantedBug, SCORED_PHASES } from "./planted-bug.ts";

/** Why a phase is not scored. */
const UNSCORED: Readonly<Record<string, string>> = {
  workflows: "Redocly Respect, which runs the workflows, is scored on its own.",
  fairness: "It only writes notes.",
};
/** The scenarios of these phases have the name of an operation after that of the phase. */
const BY_OPERATION = ["authentication", "parameters", "requests"];

/** What the kit found in a server with one planted bug. */
export interface BugScore {
  readonly bug: PlantedBug;
  /** The codes of the findings, without repetition. */
  readonly codes: readonly string[];
  /** How many exchanges the bug altered. If there are none, the kit never sent a request that shows it. */
  readonly altered: number;
  /** Why the kit or the planted bug itself failed. A finding then says nothing about the kit. */
  readonly failure?: string;
  readonly ms: number;
  /** Whether other tools found the bug, by their name. */
  readonly others: Readonly<Record<string, boolean>>;
}

/** Another tool that may find the bugs: returns whether it reports a problem. */
export type OtherTool = (proxy: FaultyProxy) => Promise<boolean>;

export interface ScoreOptions {
  readonly bugs: readonly PlantedBug[];
  /** @default none */
  readonly others?: Readonly<Record<string, OtherTool>>;
  readonly onScore?: (score: BugScore) => void;
  /** Whether to go on after the first finding, in order to know all checks that find a bug. @default false */
  readonly isComplete?: boolean;
  /** @default 1 */
  readonly seed?: number;
}

/** A small file is imported within milliseconds. A bug may keep an import from ending, and the kit must not wait for long. */
const IMPORT_MS = 2000;

/** A server behind a proxy that plants the bugs. */
export async function startPlantedServer() {
  const server = await startServer();
  const proxy = await startFaultyProxy(server.target);
  return {
    proxy,
    /** Plants a bug in a server without data; `undefined` plants none. */
    async plant(bug: PlantedBug | undefined): Promise<void> {
      // The server closes an idle connection after some seconds, which can be the moment of the next reset.
      const headers = { Connection: "close" };
      const response = await fetch(`${server.target.controlUrl}/reset`, { method: "POST", headers });
      if (!response.ok) throw new Error(`The sandbox could not be reset: status ${response.status}.`);
      proxy.plant(bug?.fault());
    },
    run: (options: Partial<RunOptions> = {}) =>
      runConformance({
        seed: 1,
        ...options,
        target: { ...proxy.target, importWithinMs: IMPORT_MS },
      }),
    async stop(): Promise<void> {
      await proxy.stop();
      await server.stop();
    },
  };
}

/** Runs the kit against each bug, with the phases that may find it. */
export async function scoreBugs({
  bugs,
  others = {},
  onScore,
  isComplete = false,
  seed = 1,
}: ScoreOptions): Promise<BugScore[]> {
  const planted = await startPlantedServer();
  const scores: BugScore[] = [];
  try {
    for (const bug of bugs) {
      const startedAt = performance.now();
      await planted.plant(bug);
      const stop = new AbortController();
      const listener: Listener = ({ type }) => type === "finding" && !isComplete && stop.abort();
      const options = { ...selectionFor(bug), seed, signal: stop.signal, listeners: [listener] };
      const run = await planted.run(options).catch((error: unknown) => error);
      const findings = run instanceof Error ? [] : Object(run).findings;
      const { altered } = planted.proxy;
      const failure = run instanceof Error ? run : planted.proxy.failure;
      const ms = performance.now() - startedAt;
      const found: Record<string, boolean> = {};
      for (const [name, tool] of Object.entries(others)) {
        await planted.plant(bug);
        found[name] = await tool(planted.proxy);
      }
      const score: BugScore = {
        bug,
        codes: [...new Set<string>(findings.map(({ code }: Finding) => code))].sort(),
        altered,
        ...(failure !== undefined && { failure: String(failure) }),
        ms,
        others: found,
      };
      scores.push(score);
      onScore?.(score);
    }
  } finally {
    await planted.stop();
  }
  return scores;
}

/** The phases that may find a bug, and of phases by operation only the scenarios of its operations. */
function selectionFor({
  foundBy,
  in: operations,
  profile = "quick",
}: PlantedBug): Pick<RunOptions, "phases" | "only" | "profile"> {
  const names = SCORED_PHASES.filter((name) => foundBy.includes(name));
  const only = names.flatMap((name) =>
    BY_OPERATION.includes(name) && !operations.includes("routes")
      ? [...operations.map((id) => `${name}/${id}/`), `${name}/cross-store/`]
      : [`${name}/`],
  );
  return { phases: names.flatMap((name) => PHASES.find((phase) => phase.name === name) ?? []), only, profile };
}

/** The phases that are neither scored nor excepted, so that a new phase cannot be forgotten. */
export function forgottenPhases(): string[] {
  const known: readonly string[] = [...SCORED_PHASES, ...Object.keys(UNSCORED)];
  return PHASES.map(({ name }) => name).filter((name) => !known.includes(name));
}

export function isKilled({ codes, failure }: BugScore): boolean {
  return codes.length > 0 && failure === undefined;
}

/** Why a bug was not found. */
export function reasonOf({ altered, failure }: BugScore): string {
  if (failure !== undefined) return `the run failed: ${failure}`;
  if (altered === 0) return "no request of the kit shows it";
  return `it altered ${altered} exchanges, and no check noticed`;
}

/** How many bugs each check of an implementation finds, and how many it alone finds. */
export function checkScores(scores: readonly BugScore[]): { code: string; kills: number; alone: number }[] {
  const codes = [...CHECKS.values()].filter(({ blame }) => blame !== "consumer").map(({ code }) => code);
  return codes.map((code) => {
    const killed = scores.filter(({ codes }) => codes.includes(code));
    return { code, kills: killed.length, alone: killed.filter(({ codes }) => codes.length === 1).length };
  });
}
