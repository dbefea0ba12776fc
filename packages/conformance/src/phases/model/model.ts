import type { Phase, Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import type { Command } from "./commands.ts";
import { creationTime } from "./creation-time.ts";
import { Mismatch } from "./mismatch.ts";
import { ModelRun } from "./model-run.ts";
import { randomRuns } from "./random-runs.ts";
import { RULES, type Rule } from "./rules.ts";

/** Sequences of requests, held against a model: first one for each rule, then random ones. */
export const model: Phase = {
  name: "model",
  title: "State and identity resolution",
  concurrency: 8,
  scenarios: ({ seed, profile }) => [...RULES.map(ruleScenario), creationTime, ...randomRuns(seed, profile)],
};

function ruleScenario(rule: Rule): Scenario {
  return { name: `model/${rule.name}`, isWriting: true, run: (session) => runRule(session, rule) };
}

async function runRule(session: Session, { code, statedBy, preparation = [], steps }: Rule): Promise<void> {
  const run = new ModelRun(session);
  if (!(await runAll(session, run, preparation))) return;
  const pointer =
    statedBy === undefined ? "/info/description" : `${session.contract.operation(statedBy).pointer}/description`;
  await runAll(session, run, steps, { code, source: { kind: "contract", pointer } });
}

/** @returns whether the implementation did what the model did */
async function runAll(
  session: Session,
  run: ModelRun,
  commands: readonly Command[],
  rule: Partial<Mismatch["violation"]> = {},
): Promise<boolean> {
  try {
    for (const command of commands) await run.run(command);
    await run.settle();
    return true;
  } catch (error) {
    if (!(error instanceof Mismatch)) throw error;
    session.report({ ...error.violation, ...rule }, error.exchanges);
    return false;
  }
}
