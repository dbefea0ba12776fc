// `pnpm lint` runs this script. It runs Biome, knip and the check of portability, and says what to do if they report something.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { root } from "./turbo.ts";

const require = createRequire(import.meta.url);
const checks = [
  {
    program: require.resolve("@biomejs/biome/bin/biome"),
    options: ["check", "--error-on-warnings", "."],
    advice: "Run: npx -y pnpm@12 run format. It corrects the format, and what Biome can correct safely.",
  },
  {
    program: `${root}node_modules/knip/bin/knip.js`,
    options: ["--no-config-hints"],
    advice: "Remove what is not used, or use it. If something outside of the code uses it, add it to knip.json.",
  },
  {
    program: `${root}scripts/portability.ts`,
    options: [],
    advice: "Change what Windows does not support, as each message says.",
  },
];

for (const { program, options, advice } of checks) {
  const { status } = spawnSync(process.execPath, [program, ...options], { cwd: root, stdio: "inherit" });
  if (status === 0) continue;
  console.error(`\n${advice}`);
  process.exitCode = 1;
}
