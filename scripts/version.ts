// `pnpm run version` prepares a release: it applies the changesets, stamps the version of the contract, regenerates the code,
// and saves the contract and the types as the new baseline of `pnpm run diff`. docs/releasing.md describes what follows.
import { root, turbo } from "./turbo.ts";
import { bumpVersions } from "./version/bump-versions.ts";
import { saveBaseline } from "./version/save-baseline.ts";

console.log(`The contract now has version ${await bumpVersions(root)}.`);
const exitCode = await turbo(["generate", "@memory-api/spec#build"], { silent: true });
if (exitCode !== 0) process.exit(exitCode);
await saveBaseline(root, `${root}spec/released`);
console.log("spec/released is the new baseline of `pnpm run diff`.");
