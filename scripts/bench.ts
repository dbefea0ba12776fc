// `pnpm bench` measures, after the benches of the packages, what a person waits for, in a fresh clone with an empty store, and prints a table for BENCH.md.
import { spawnSync } from "node:child_process";
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { root, turbo } from "./turbo.ts";

// One after the other, since two at once would measure each other; all of them, be one over its budget.
process.exitCode = await turbo(["bench", "--concurrency=1", "--continue=always"]);

const folder = mkdtempSync(join(tmpdir(), "memory-api-bench-"));
const clone = join(folder, "clone");
const { globalPassThroughEnv }: { globalPassThroughEnv: string[] } = JSON.parse(
  readFileSync(join(root, "turbo.json"), "utf8"),
);
// As in a terminal: without what pnpm puts around this script, which would keep the clone from installing.
const environment = {
  ...Object.fromEntries(globalPassThroughEnv.map((name) => [name, process.env[name]])),
  HOME: process.env["HOME"],
  PATH: process.env["PATH"]
    ?.split(delimiter)
    .filter((part) => !part.includes("node_modules"))
    .join(delimiter),
  pnpm_config_store_dir: join(folder, "store"),
};

const rows = measured();
console.log(`Node.js ${process.version}, ${availableParallelism()} cores\n`);
console.log("| Command | Seconds | Budget |\n| --- | ---: | ---: |");
for (const { what, seconds, budget } of rows) console.log(`| ${what} | ${seconds.toFixed(1)} | ${budget} |`);
if (rows.some(({ seconds, budget }) => seconds > budget)) process.exitCode = 1;

function measured() {
  try {
    run("git", ["clone", "--quiet", "--no-local", root, clone], root);
    const fresh = { what: "`npx -y pnpm@12 test`, fresh clone, install included", seconds: timed("test"), budget: 600 };
    const again = [timed("test"), timed("test"), timed("test")].toSorted((a, b) => a - b)[1] ?? Number.NaN;
    const cached = { what: "`npx -y pnpm@12 test`, nothing changed, median of 3", seconds: again, budget: 3 };
    // Another contract, so that the bundle is made anew and not taken from the cache.
    appendFileSync(join(clone, "spec/openapi.yaml"), "# touched\n");
    const generate = { what: "`npx -y pnpm@12 generate`, contract changed", seconds: timed("generate"), budget: 5 };
    return [fresh, cached, generate];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function timed(script: string): number {
  const start = performance.now();
  run("npx", ["-y", "pnpm@12", script], clone);
  return (performance.now() - start) / 1000;
}

function run(command: string, options: string[], cwd: string): void {
  const { status } = spawnSync(command, options, { cwd, env: environment, stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${command} ${options.join(" ")} ended with ${status}.`);
}
