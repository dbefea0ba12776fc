// `pnpm run quick` is the short check while you work. It generates the code from the contract, lints the contract, and checks the
// code and the types of the packages with changes that are not committed. `pnpm test` checks everything.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { root, turbo } from "./turbo.ts";

const LOG = ["--output-logs=new-only", "--log-prefix=none"];
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

// Generated code is up to date before its types are checked.
const exitCodes = [
  await turbo(["generate", "@memory-api/spec#lint", "--continue=dependencies-successful", ...LOG]),
  await turbo(["typecheck", "--filter=[HEAD]", "--continue=dependencies-successful", ...LOG]),
  run(biome, "check", "--error-on-warnings", "--no-errors-on-unmatched", "--changed", "--since=HEAD"),
  run(`${root}scripts/todos.ts`),
];
process.exitCode = exitCodes.find((exitCode) => exitCode !== 0) ?? 0;

function run(program: string, ...options: string[]): number {
  return spawnSync(process.execPath, [program, ...options], { cwd: root, stdio: "inherit" }).status ?? 1;
}
