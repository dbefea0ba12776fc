// `pnpm run diff`: fails where the contract changed more than the pending changesets say. Turbo builds the bundle first.
import { judgeContract } from "./diff/judge-contract.ts";
import { root } from "./turbo.ts";

const { passed, report } = await judgeContract(
  `${root}spec/released/openapi.yaml`,
  `${root}spec/dist/openapi.yaml`,
  root,
);
console.log(report);
if (!passed) process.exitCode = 1;
