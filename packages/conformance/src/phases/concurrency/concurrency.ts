import type { Phase } from "../../scenarios/scenario.ts";
import { disjointWrites } from "./disjoint-writes.ts";
import { histories } from "./histories.ts";
import { joiningWrites } from "./joining-writes.ts";

/** Simultaneous writes, and the state after them. */
export const concurrency: Phase = {
  name: "concurrency",
  title: "Simultaneous writes",
  // Each scenario sends many requests at once.
  concurrency: 2,
  scenarios: ({ seed, profile }) => [
    ...joiningWrites(seed, profile),
    disjointWrites(profile),
    ...histories(seed, profile),
  ],
};
