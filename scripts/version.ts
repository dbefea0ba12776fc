// `pnpm run version`: the commit of a release. Spends the changesets, stamps the contract, makes what is generated from it,
// and keeps a copy of its bundle to compare later ones with. With --keep-versions only the last two.
import { parseArgs } from "node:util";
import { root, turbo } from "./turbo.ts";
import { raiseVersions } from "./version/raise-versions.ts";
import { releaseContract } from "./version/release-contract.ts";

const { values } = parseArgs({ options: { "keep-versions": { type: "boolean", default: false } } });

if (!values["keep-versions"]) console.log(`The contract is now ${await raiseVersions(root)}.`);
const exitCode = await turbo(["generate", "@memory-api/spec#build"], { silent: true });
if (exitCode !== 0) process.exit(exitCode);
await releaseContract(`${root}spec/dist/openapi.yaml`, `${root}spec/released/openapi.yaml`);
console.log("spec/released/openapi.yaml is the contract that later ones are compared with.");
