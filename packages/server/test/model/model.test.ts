import fc from "fast-check";
import { it, onTestFinished } from "vitest";
import { startServer } from "../../src/server.ts";
import "../support/coverage.ts";
import { describeEngines } from "../support/engines.ts";
import { KeepAliveClient } from "../support/keep-alive-client.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { expectSameState } from "./final-state.ts";
import { importStep } from "./import-step.ts";
import { deleteAll, listSteps } from "./list-steps.ts";
import { Model } from "./model.ts";
import { fetchStep } from "./read-steps.ts";
import { refusedSteps } from "./refused-steps.ts";
import type { Real } from "./step.ts";
import { LIMITS, modelStores } from "./stores.ts";
import { writeSteps } from "./write-steps.ts";

/** Makes a failure come again. Its report says with what: seed, path to the run, path to the steps. */
const [seed, path, replayPath] = process.env["MODEL_REPLAY"]?.split(" ") ?? [];
const RUNS = process.env["SOAK"] ? 1_000 : 30;
const STEPS = 60;

describeEngines("every operation, in any order,", ({ name, newPlace }) => {
  it("answers as a plain model of the contract does", { timeout: 3_600_000 }, async ({ task }) => {
    const place = await newPlace();
    const server = await startServer({ ...settingsForTests, ...place, stores: modelStores });
    onTestFinished(() => server.close());
    const client = new KeepAliveClient(server.url);

    const steps = fc.commands([...writeSteps, ...listSteps, ...refusedSteps, fetchStep, importStep], {
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
      ...(seed !== undefined && { seed: Number(seed) }),
      ...(path !== undefined && { path, endOnFailure: true }),
    });
    if (run.failed) throw new Error(await reportOf(run), { cause: run.errorInstance });
    task.meta.coverage = `${run.numRuns} runs of the model on ${name}: ${client.sent} requests`;
  });
});

async function reportOf<Values>(run: fc.RunDetails<Values>): Promise<string> {
  const [, steps] = /replayPath="(.*?)"/.exec(String(run.counterexample)) ?? [];
  const again = `MODEL_REPLAY="${[run.seed, run.counterexamplePath, steps].join(" ")}"`;
  return `${await fc.asyncDefaultReportMessage(run)}\nTo run it again: ${again}`;
}
