import { tryBehaviours } from "./behaviours/behaviours-table.ts";
import type { Measurement } from "./figure.ts";
import { versions } from "./versions.ts";

/** Observes what each client does in the same situations. */
export async function measureBehaviours(): Promise<Measurement> {
  const tried = await tryBehaviours();
  return {
    title: "Behaviour",
    figures: [],
    comparison: [
      ["Situation", ...Object.entries(versions).map(([name, version]) => `${name} ${version}`)],
      ...tried.map((row) => Object.values(row)),
    ],
    notes: ["Each cell shows what happened in this run"],
  };
}
