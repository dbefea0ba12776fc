// What the types cost whoever imports them, beyond a program that imports nothing. Fails where it is over its budget.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const RUNS = 3;
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const types = fileURLToPath(new URL("..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "types-bench-"));

writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
mkdirSync(join(folder, "node_modules/@memory-api"), { recursive: true });
symlinkSync(types, join(folder, "node_modules/@memory-api/types"));
writeFileSync(join(folder, "empty.ts"), "export {};\n");
writeFileSync(
  join(folder, "typed.ts"),
  `import type { ErrorOf, HeadersOf, OperationId, RequestOf, ResponseOf } from "@memory-api/types";
export type All = { [Id in OperationId]: [RequestOf<Id>, ResponseOf<Id>, ErrorOf<Id>, HeadersOf<Id>] };
export declare const all: All;
`,
);

const empty = costOf("empty.ts");
const typed = costOf("typed.ts");
rmSync(folder, { recursive: true });

const rows = [
  { what: "Declarations, bytes", measured: declarationBytes(join(types, "dist")), budget: 103_000 },
  { what: "Instantiations", measured: typed.instantiations - empty.instantiations, budget: 3_800 },
  { what: "Memory of tsc, kB", measured: typed.memory - empty.memory, budget: 2_500 },
];
console.log("| Cost of the types | Measured | Budget |\n| --- | ---: | ---: |");
for (const { what, measured, budget } of rows) console.log(`| ${what} | ${measured} | ${budget} |`);
if (rows.some(({ measured, budget }) => measured > budget)) process.exitCode = 1;

/**
 * The least of several compilations. tsc tells the memory in use when it ends, and with `--expose-gc` it collects the garbage
 * before; what is still more than the least is chance. Instantiations do not vary.
 */
function costOf(file: string): { instantiations: number; memory: number } {
  const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext"];
  const told = Array.from({ length: RUNS }, () =>
    execFileSync(process.execPath, ["--expose-gc", tsc, ...options, "--extendedDiagnostics", file], {
      cwd: folder,
      encoding: "utf8",
    }),
  );
  return { instantiations: least(told, /^Instantiations: +(\d+)/m), memory: least(told, /^Memory used: +(\d+)K/m) };
}

function least(told: string[], figure: RegExp): number {
  return Math.min(...told.map((text) => Number(figure.exec(text)?.[1])));
}

function declarationBytes(dist: string): number {
  return readdirSync(dist, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".d.ts"))
    .reduce((sum, name) => sum + statSync(join(dist, name)).size, 0);
}
