import { createHash } from "node:crypto";

/** A seed of fast-check for each scenario of a run. */
export function seedOf(seed: number, scenario: string): number {
  return createHash("sha256").update(`${seed}/${scenario}`).digest().readInt32BE(0);
}
