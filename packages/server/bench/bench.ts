// `pnpm bench` measures the server and prints the tables of BENCH.md. With names, such as `responses`, it measures only those sections.

import { measureBulk } from "./bulk.ts";
import { measureFairness } from "./fairness.ts";
import type { Measurement } from "./figure.ts";
import { measureGrowth } from "./growth.ts";
import { measureImport } from "./import.ts";
import { measureResponses } from "./responses.ts";
import { measureStart } from "./start.ts";

const MEASUREMENTS: Readonly<Record<string, () => Promise<Measurement>>> = {
  responses: measureResponses,
  bulk: measureBulk,
  import: measureImport,
  fairness: measureFairness,
  growth: measureGrowth,
  start: measureStart,
};

const chosen = process.argv.slice(2);
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { title, figures, notes } = await measure();
  console.log(`\n## ${title}\n\n| What | Measured | Budget |\n| --- | ---: | ---: |`);
  for (const { what, measured, budget } of figures) console.log(`| ${what} | ${measured} | ${budget} |`);
  for (const note of notes) console.log(`\n${note}.`);
  if (figures.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
}
