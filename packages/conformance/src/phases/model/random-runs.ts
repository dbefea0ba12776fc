import fc from "fast-check";
import type { RunProfile, Scenario } from "../../scenarios/scenario.ts";
import type { Session } from "../../scenarios/session.ts";
import { seedOf } from "../seed-of.ts";
import { type Command, describeCommand } from "./commands.ts";
import { Mismatch } from "./mismatch.ts";
import { ModelRun } from "./model-run.ts";
import { SPELLING_COUNT, type TraitPlan } from "./people.ts";

const RUNS: Readonly<Record<RunProfile, number>> = { quick: 16, full: 100, soak: 1_000 };
const MAX_COMMANDS = 40;
/** Repetitions with fewer commands after a mismatch. Each one may have to wait for writes to become visible. */
const MAX_SHRINKS = { immediate: 60, eventual: 20 };
const PEOPLE = 4;

/** Random sequences of commands over a few people, each held against the model. */
export function randomRuns(seed: number, profile: RunProfile): Scenario[] {
  return Array.from({ length: RUNS[profile] }, (_, run) => {
    const name = `model/random-${run + 1}`;
    return { name, isWriting: true, run: (session) => runRandomly(session, seedOf(seed, name)) };
  });
}

/** Reports the smallest sequence that was found, if one shows a mismatch. */
async function runRandomly(session: Session, seed: number): Promise<void> {
  const maxShrinks = session.target.isImmediate ? MAX_SHRINKS.immediate : MAX_SHRINKS.eventual;
  let smallest: Mismatch | undefined;
  let failure: unknown;
  let repetitions = 0;
  const property = fc.asyncProperty(
    fc.commands(commands(), { maxCommands: MAX_COMMANDS, size: "max" }),
    async (chosen) => {
      if (failure !== undefined || repetitions > maxShrinks) throw new fc.PreconditionFailure(true);
      if (smallest !== undefined) repetitions++;
      try {
        const run = new ModelRun(session);
        await fc.asyncModelRun(() => ({ model: run, real: session }), chosen);
        await run.end();
      } catch (error) {
        if (error instanceof Mismatch) smallest = error;
        else failure = error;
        throw error;
      }
    },
  );
  await fc.check(property, { seed, numRuns: 1, unbiased: true });
  if (failure !== undefined) throw failure;
  if (smallest !== undefined) session.report(smallest.violation, smallest.exchanges);
}

class ModelCommand implements fc.AsyncCommand<ModelRun, Session> {
  readonly #command: Command;

  constructor(command: Command) {
    this.#command = command;
  }

  check(run: Readonly<ModelRun>): boolean {
    return run.isDefined(this.#command);
  }

  run(run: ModelRun): Promise<void> {
    return run.run(this.#command);
  }

  toString(): string {
    return describeCommand(this.#command);
  }
}

function commands(): fc.Arbitrary<ModelCommand>[] {
  const spelled = fc.record({
    person: fc.nat(PEOPLE - 1),
    spelling: fc.oneof({ arbitrary: fc.constant(0), weight: 3 }, fc.nat(SPELLING_COUNT - 1)),
  });
  const value = fc.constantFrom("", "a", "b", "c", "007", "Ünïcödé 🙂");
  const others = { firstName: value, lastName: value, city: value };
  const identified: fc.Arbitrary<TraitPlan> = fc.oneof(
    fc.record({ email: spelled, ...others }, { requiredKeys: ["email"] }),
    fc.record({ phone: spelled, ...others }, { requiredKeys: ["phone"] }),
    fc.record({ email: spelled, phone: spelled, ...others }, { requiredKeys: ["email", "phone"] }),
  );
  const removable = fc.option(value);
  const patched: fc.Arbitrary<TraitPlan> = fc.record(
    {
      email: fc.oneof(spelled, fc.constant(null)),
      phone: fc.oneof(spelled, fc.constant(null)),
      firstName: removable,
      lastName: removable,
      city: removable,
    },
    { requiredKeys: [] },
  );
  const profile = fc.nat(11);
  const items = fc.array(identified, { minLength: 1, maxLength: 4 });
  const choices: fc.Arbitrary<Command>[] = [
    fc.record({ kind: fc.constant("create" as const), traits: identified }),
    fc.record({ kind: fc.constant("create" as const), traits: identified }),
    fc.record({ kind: fc.constant("patch" as const), profile, traits: patched }),
    fc.record({ kind: fc.constant("patch" as const), profile, traits: patched }),
    fc.record({ kind: fc.constant("patch" as const), profile, traits: fc.constant("empty body" as const) }),
    fc.record({ kind: fc.constant("bulk" as const), items }),
    fc.record({ kind: fc.constant("bulk" as const), items, invalidAt: fc.nat(1) }),
    fc.record({ kind: fc.constant("delete" as const), profile }),
    fc.record({ kind: fc.constant("fetch" as const), profile }),
    fc.record({ kind: fc.constant("list" as const) }),
  ];
  return choices.map((choice) => choice.map((command) => new ModelCommand(command)));
}
