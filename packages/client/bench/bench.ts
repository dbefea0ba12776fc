// `pnpm bench` measures the client and its alternatives and writes the sections of BENCH.md. A name such as `speed` runs only that section.
import { readFileSync, writeFileSync } from "node:fs";
import { measureBehaviors } from "./behaviors.ts";
import { measureCompileCost } from "./compile-cost.ts";
import type { Measurement } from "./figure.ts";
import { measureImportTime } from "./import-time.ts";
import { sectionOf, withSection } from "./page.ts";
import { measureSizes } from "./sizes.ts";
import { measureSpeed } from "./speed.ts";

const MEASUREMENTS: Readonly<Record<string, () => Promise<Measurement>>> = {
  sizes: measureSizes,
  import: measureImportTime,
  types: measureCompileCost,
  speed: measureSpeed,
  behaviors: measureBehaviors,
};

const page = new URL("../BENCH.md", import.meta.url);
const chosen = process.argv.slice(2);
for (const [name, measure] of Object.entries(MEASUREMENTS)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue;
  const measurement = await measure();
  const section = sectionOf(measurement);
  console.log(`\n${section}`);
  writeFileSync(page, withSection(readFileSync(page, "utf8"), section));
  if (measurement.figures.some(({ isWithin }) => !isWithin)) process.exitCode = 1;
}
