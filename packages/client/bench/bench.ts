// `pnpm bench` measures the client beside others and prints the tables of BENCH.md. With a name, such as `speed`, only that one.
import { measureBehaviours } from "./behaviours.ts";
import { measureCompileCost } from "./compile-cost.ts";
import { type Measurement, table } from "./figure.ts";
import { measureImportTime } from "./import-time.ts";
import { measureSizes } from "./sizes.ts";
import { measureSpeed } from "./speed.ts";

const MEASUREMENTS: Readonly<Record<string, () => Promise<Measurement>>> = {
  sizes: measureSizes,
  import: measureImportTime,
  types: measureCompileCost,
  speed: measureSpeed,
  behaviours: measureBehaviours,
};

const chosen = process.argv.slice(2);
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const { title, figures, comparison, notes } = await measure();
  console.log(`\n## ${title}\n`);
  if (figures.length > 0) {
    const rows = figures.map(({ what, measured, budget }) => [what, measured, budget]);
    console.log(`${table([["What", "Measured", "Budget"], ...rows])}\n`);
  }
  console.log(table(comparison));
  for (const note of notes) console.log(`\n${note}.`);
  if (figures.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
}
