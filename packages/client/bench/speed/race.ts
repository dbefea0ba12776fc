import { fork } from "node:child_process";
import { once } from "node:events";
import { type ContestantName, contestants, isContestant } from "./contestants.ts";
import type { Lap, LapOrder, Method } from "./runner.ts";

const ROUNDS = 15;
const WARM_UP_MS = 3_000;
const LAP_MS = 500;

/** The lap of each contestant in each round. */
export type Race = Readonly<Record<Method, readonly Readonly<Record<ContestantName, Lap>>[]>>;

/**
 * Runs all contestants against a server, each in its own process and in turn, so that other load on the machine affects all of them.
 *
 * @param node path of the Node.js that runs them
 * @param runner path of `runner.ts` as JavaScript
 */
export async function race(node: string, runner: string, origin: string): Promise<Race> {
  const field = Object.keys(contestants)
    .filter(isContestant)
    .map((name) => ({ name, ...started(node, [runner, origin, name]) }));
  try {
    return { GET: await roundsOf(field, "GET"), PATCH: await roundsOf(field, "PATCH") };
  } finally {
    for (const { stop } of field) stop();
  }
}

interface Started {
  run(order: LapOrder): Promise<Lap>;
  stop(): void;
}

function started(node: string, [runner = "", ...parameters]: string[]): Started {
  const child = fork(runner, parameters, { execPath: node, execArgv: [] });
  const ended = once(child, "exit");
  return {
    async run(order) {
      child.send(order);
      const [lap] = await Promise.race([once(child, "message"), ended]);
      if (typeof lap !== "object") throw new Error(`${parameters.join(" ")} exited with ${lap}.`);
      return lap;
    },
    stop: () => child.connected && child.disconnect(),
  };
}

async function roundsOf(field: readonly ({ name: ContestantName } & Started)[], method: Method) {
  // Until V8 has optimized the hot code.
  for (const { run } of field) await run({ method, ms: WARM_UP_MS });
  const rounds: Record<ContestantName, Lap>[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const laps: [string, Lap][] = [];
    for (const { name, run } of field) laps.push([name, await run({ method, ms: LAP_MS })]);
    rounds.push(Object.fromEntries(laps) as Record<ContestantName, Lap>);
  }
  return rounds;
}
