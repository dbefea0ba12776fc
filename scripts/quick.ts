// `pnpm run quick` is the short check while you work. It generates the code from the contract and lints the contract. It checks the
// format, the lint rules and the types of the files that differ from the last commit. `pnpm test` checks everything.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { changedFiles } from "./quick/changed-files.ts";
import { quickTasks } from "./quick/quick-tasks.ts";
import { root, turbo } from "./turbo.ts";

const LOG = ["--continue=dependencies-successful", "--output-logs=errors-only", "--log-prefix=none"];
const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");

// First, so that the types of the generated code are those of the contract.
const generated = await turbo(["generate", "@memory-api/spec#lint", ...LOG]);
const files = await changedFiles(root);
const exitCodes = [
  generated,
  await turbo([...quickTasks(root, files), ...LOG]),
  files.length === 0
    ? 0
    : run(biome, "check", "--error-on-warnings", "--no-errors-on-unmatched", "--files-ignore-unknown=true", ...files),
  run(`${root}scripts/check-tree.ts`),
];
process.exitCode = exitCodes.find((exitCode) => exitCode !== 0) ?? 0;

function run(program: string, ...options: string[]): number {
  return spawnSync(process.execPath, [program, ...options], { cwd: root, stdio: "inherit" }).status ?? 1;
}
