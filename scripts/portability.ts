// Part of `pnpm lint`: finds files and code that work on Linux and macOS, but not on Windows.
import { portabilityProblems } from "./portability/portability-problems.ts";
import { root } from "./turbo.ts";

const problems = await portabilityProblems(root);
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;
