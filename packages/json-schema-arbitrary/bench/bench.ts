// `pnpm bench` measures the arbitraries of the schemas of the contract, and prints the tables of BENCH.md.
import { openapi } from "@memory-api/spec";
import fc from "fast-check";
import { boundaryValues, invalidArbitrary, schemaArbitrary } from "../src/index.ts";
import { handWrittenTraits } from "./hand-written.ts";

const ROUNDS = 9;
const BUDGET = 0.5;
const options = { root: openapi };
const schemas = openapi.components?.schemas ?? {};

const ratio = ratioOf(schemaArbitrary(schemas["Traits"] ?? false, options), handWrittenTraits);
console.log("## Traits\n\n| Figure | Measured | Budget |\n| --- | ---: | ---: |");
console.log(
  `| Values of \`Traits\`, rate relative to a handwritten arbitrary | ${ratio.toFixed(2)} | at least ${BUDGET} |`,
);
if (ratio < BUDGET) process.exitCode = 1;

console.log("\n## Each schema\n");
console.log(
  "| Schema | Valid values/s | Characters per value | Invalid values/s | Ways to be invalid | Boundary values |",
);
console.log("| --- | ---: | ---: | ---: | ---: | ---: |");
for (const [name, schema] of Object.entries(schemas)) {
  const valid = schemaArbitrary(schema, options);
  const invalid = invalidArbitrary(schema, options);
  const samples = fc.sample(valid, { numRuns: 300, seed: 1 });
  const characters = samples.reduce<number>((sum, value) => sum + JSON.stringify(value).length, 0) / samples.length;
  const ways = new Set(
    fc.sample(invalid, { numRuns: 1000, seed: 1 }).map((each) => `${each.schemaPath} ${each.keyword}`),
  );
  const boundaries = [...boundaryValues(schema, { ...options, maxSize: 5000 })].length;
  const cells = [rate(valid, 300, 2), characters, rate(invalid, 150, 2), ways.size, boundaries];
  console.log(`| \`${name}\` | ${cells.map((cell) => Math.round(cell).toLocaleString("en")).join(" | ")} |`);
}

/** The two arbitraries take turns, so that other load on the machine affects both. Returns the median of the ratios. */
function ratioOf(one: fc.Arbitrary<unknown>, other: fc.Arbitrary<unknown>): number {
  const ratios = Array.from({ length: ROUNDS }, (_, seed) => rate(one, 500, seed) / rate(other, 500, seed));
  return ratios.toSorted((first, second) => first - second)[ROUNDS >> 1] ?? Number.NaN;
}

/** Values per second. */
function rate(arbitrary: fc.Arbitrary<unknown>, numRuns: number, seed: number): number {
  const start = performance.now();
  fc.sample(arbitrary, { numRuns, seed });
  return numRuns / ((performance.now() - start) / 1000);
}
