// Runs the kit once, and prints what it took as JSON.

import { boundHeap } from "../src/command/bound-heap.ts";
import { PHASES } from "../src/phases/phases.ts";
import { type RunOptions, runConformance } from "../src/run/run-conformance.ts";
import type { Phase, Scenario } from "../src/scenarios/scenario.ts";
import type { Target } from "../src/target.ts";

export interface Measured {
  readonly ms: number;
  readonly requests: number;
  readonly findings: number;
  readonly peakMib: number;
}

const SCENARIOS = 320;
const FETCHES = 50;

/** Fetches of one profile, each checked against the contract. */
const fetches: Phase = {
  name: "fetches",
  title: "Fetches",
  concurrency: 32,
  scenarios: () =>
    Array.from(
      { length: SCENARIOS },
      (_, at): Scenario => ({ name: `fetches/${at}`, isWriting: true, run: fetchOften }),
    ),
};

const fetchOften: Scenario["run"] = async (session) => {
  const { email } = session.person();
  const { response } = await session.send("createProfile", { body: { traits: { Contact: { email } } } });
  const { id } = JSON.parse(new TextDecoder().decode(response.body));
  for (let at = 0; at < FETCHES; at++) await session.send("fetchProfile", { path: { profileId: id } });
};

boundHeap();
const [kind, text = ""] = process.argv.slice(2);
const target: Target = JSON.parse(text);
const phases = kind === "quick" ? PHASES : [fetches];
const options: RunOptions = { target, seed: 1, phases };
const { ms, requests, findings } = await runConformance(options);
// Kilobytes on every platform.
const peakMib = process.resourceUsage().maxRSS / 1024;
console.log(JSON.stringify({ ms, requests, findings: findings.length, peakMib } satisfies Measured));
