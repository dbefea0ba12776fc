// `pnpm bench` runs the benchmarks of the packages. It then times the commands of the repository in a fresh clone with an
// empty pnpm store, and prints a table for BENCH.md.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root, turbo } from "./turbo.ts";

// Benchmarks that run at the same time would distort each other. A benchmark that exceeds its budget does not stop the others.
process.exitCode = await turbo(["bench", "--concurrency=1", "--continue=always"]);

const folder = mkdtempSync(join(tmpdir(), "memory-api-bench-"));
const clone = join(folder, "clone");
const { globalPassThroughEnv }: { globalPassThroughEnv: string[] } = JSON.parse(
  readFileSync(join(root, "turbo.json"), "utf8"),
);
// The environment of a terminal. The variables that pnpm sets for this script would keep it from installing the clone.
const environment = {
  ...Object.fromEntries(globalPassThroughEnv.map((name) => [name, process.env[name]])),
  HOME: process.env["HOME"],
  PATH: process.env["PATH"]
    ?.split(delimiter)
    .filter((part) => !part.includes("node_modules"))
    .join(delimiter),
  pnpm_config_store_dir: join(folder, "store"),
};

const rows = measure();
console.log(`Node.js ${process.version}, ${availableParallelism()} cores\n`);
console.log("| Command | Seconds | Budget |\n| --- | ---: | ---: |");
for (const { command, seconds, budget } of rows) console.log(`| ${command} | ${seconds.toFixed(1)} | ${budget} |`);
if (rows.some(({ seconds, budget }) => seconds > budget)) process.exitCode = 1;
if (process.exitCode !== 0) {
  console.log(`
A figure above is over its budget, or a benchmark failed. Run one alone: npx -y pnpm@12 --filter @memory-api/<package> run bench.
Make the change cheaper. If the figure is right, change the budget next to its measurement, and say why in BENCH.md.`);
}

function measure() {
  try {
    run("git", ["clone", "--quiet", "--no-local", root, clone], root);
    const fresh = {
      command: "`npx -y pnpm@12 test`, fresh clone, install included",
      seconds: secondsOf("test"),
      budget: 600,
    };
    const [, median = Number.NaN] = [secondsOf("test"), secondsOf("test"), secondsOf("test")].toSorted((a, b) => a - b);
    const cached = { command: "`npx -y pnpm@12 test`, nothing changed, median of 3", seconds: median, budget: 3 };
    // A changed contract, so that turbo builds the bundle instead of restoring it from the cache.
    appendFileSync(join(clone, "spec/openapi.yaml"), "# touched\n");
    const generate = {
      command: "`npx -y pnpm@12 generate`, contract changed",
      seconds: secondsOf("generate"),
      budget: 5,
    };
    return [fresh, cached, generate];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function secondsOf(script: string): number {
  const start = performance.now();
  run("npx", ["-y", "pnpm@12", script], clone);
  return (performance.now() - start) / 1000;
}

function run(command: string, args: string[], cwd: string): void {
  const { status } = spawnSync(command, args, { cwd, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${args.join(" ")} exited with code ${status}.`);
}
