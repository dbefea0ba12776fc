// `pnpm run diff` fails if a change of the contract needs a higher version bump than the pending changesets contain. Turbo
// builds the bundle first.
import { checkChangesets } from "./diff/check-changesets.ts";
import { root } from "./turbo.ts";

const { passed, report } = await checkChangesets(
  `${root}spec/released/openapi.yaml`,
  `${root}spec/dist/openapi.yaml`,
  root,
);
console.log(report);
if (!passed) process.exitCode = 1;
