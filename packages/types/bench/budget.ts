// What the types cost whoever imports them, beyond a program that imports nothing. Fails where it is over its budget.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * An operation of ordinary size (`GET …/Profiles/{profileId}/Traits`, paged, with two new schemas) adds 9,530 bytes of declarations, most of
 * them descriptions, 192 instantiations and 162 kB of memory. A budget has room for at least five such operations beyond what was measured:
 *
 * | Cost           | Measured | + 5 operations | Budget  |
 * | -------------- | -------- | -------------- | ------- |
 * | Declarations   |  105,877 |        153,527 | 155,000 |
 * | Instantiations |    3,024 |          3,984 |   4,000 |
 * | Memory         |    2,256 |          3,066 |   3,200 |
 */
const BUDGETS = { declarations: 155_000, instantiations: 4_000, memory: 3_200 };
/** Bytes of each declaration file when the budgets were set. If a budget is exceeded, the files that grew are printed. */
const RECORDED: Readonly<Record<string, number>> = {
  "generated/bounds.d.ts": 3_650,
  "generated/names.d.ts": 13_506,
  "generated/openapi.d.ts": 78_206,
  "generated/values.d.ts": 7_033,
  "index.d.ts": 344,
  "operation-types.d.ts": 3_138,
};
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

const declarations = declarationBytes(join(types, "dist"));
const rows = [
  { what: "Declarations, bytes", measured: sum(Object.values(declarations)), budget: BUDGETS.declarations },
  { what: "Instantiations", measured: typed.instantiations - empty.instantiations, budget: BUDGETS.instantiations },
  { what: "Memory of tsc, kB", measured: typed.memory - empty.memory, budget: BUDGETS.memory },
];
console.log("| Cost of the types | Measured | Budget |\n| --- | ---: | ---: |");
for (const { what, measured, budget } of rows) console.log(`| ${what} | ${measured} | ${budget} |`);
if (rows.some(({ measured, budget }) => measured > budget)) {
  process.exitCode = 1;
  console.log("\nDeclarations that are new or larger than when the budgets were set:");
  for (const [file, bytes] of Object.entries(declarations)) {
    if (bytes > (RECORDED[file] ?? 0)) console.log(`  ${file}: ${RECORDED[file] ?? "new"} → ${bytes} bytes`);
  }
}

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

/** Returns the bytes of each declaration file, by its path. */
function declarationBytes(dist: string): Record<string, number> {
  const files = readdirSync(dist, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"));
  return Object.fromEntries(files.map((name) => [name.replaceAll("\\", "/"), statSync(join(dist, name)).size]));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
