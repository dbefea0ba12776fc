import fc from "fast-check";
import { it, onTestFinished } from "vitest";
import { startServer } from "../../src/process/start-server.ts";
import "../support/coverage.ts";
import { describeBehindPgBouncer, describeEngines, type Engine } from "../support/engines.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { expectSameState } from "./final-state.ts";
import { importStep } from "./import-step.ts";
import { deleteAll, listSteps } from "./list-steps.ts";
import { Model } from "./model.ts";
import { fetchStep } from "./read-steps.ts";
import { rejectedSteps } from "./rejected-steps.ts";
import type { Real } from "./step.ts";
import { LIMITS, modelStores } from "./stores.ts";
import { writeSteps } from "./write-steps.ts";

const isSoak = Boolean(process.env["SOAK"]);
/** Reproduces a failure. The failure report contains the value: seed, path to the run, path to the steps. */
const [givenSeed, path, replayPath] = process.env["MODEL_REPLAY"]?.split(" ") ?? [];
/** Fixed seeds, and one that differs in each run. */
const SEEDS =
  givenSeed === undefined ? [1, ...(isSoak ? [2] : []), 1000 + (Date.now() % 1_000_000)] : [Number(givenSeed)];
const RUNS = isSoak ? 400 : 15;
const STEPS = 60;

const NAME = "every operation, in any order";
describeEngines(NAME, (engine) => describeModel(engine, SEEDS));
if (isSoak) describeBehindPgBouncer(NAME, (engine) => describeModel(engine, SEEDS));

function describeModel({ name, newPlace }: Engine, seeds: readonly number[]): void {
  it.for(seeds)(
    "has the same result as a simple model, with seed %d",
    { timeout: 3_600_000 },
    async (seed, { task }) => {
      const place = await newPlace();
      const server = await startServer({ ...settingsForTests, ...place, stores: modelStores });
      onTestFinished(() => server.close());
      const client = new KeepAliveClient(server.url);

      const steps = fc.commands([...writeSteps, ...listSteps, ...rejectedSteps, fetchStep, importStep], {
        maxCommands: STEPS,
        size: "max",
        ...(replayPath !== undefined && { replayPath }),
      });
      const property = fc.asyncProperty(fc.constantFrom(...modelStores.keys()), steps, async (storeId, commands) => {
        const model = new Model(LIMITS.get(storeId) ?? {});
        const real: Real = { client, storeId, openList: undefined };
        await deleteAll(real);
        await fc.asyncModelRun(() => ({ model, real }), commands);
        await expectSameState(model, real, place);
      });
      const run = await fc.check(property, {
        numRuns: RUNS,
        seed,
        ...(path !== undefined && { path, endOnFailure: true }),
      });
      if (run.failed) throw new Error(await reportOf(run), { cause: run.errorInstance });
      task.meta.coverage = `${run.numRuns} runs of the model on ${name}: ${client.sent} requests`;
    },
  );
}

async function reportOf<Values>(run: fc.RunDetails<Values>): Promise<string> {
  const [, steps] = /replayPath="(.*?)"/.exec(String(run.counterexample)) ?? [];
  const again = `MODEL_REPLAY="${[run.seed, run.counterexamplePath, steps].join(" ")}"`;
  return `${await fc.asyncDefaultReportMessage(run)}\nTo reproduce it: ${again}`;
}
