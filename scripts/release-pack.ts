// `pnpm run release:pack [folder]` builds and packs the packages whose version is not in the registry. It writes the tarballs,
// the plan to publish them and their checksums to `release/`, and prints the command that publishes them.
import { packRelease } from "./release/pack-release.ts";
import { root, turbo } from "./turbo.ts";

const folder = process.argv[2] ?? `${root}release`;

const exitCode = await turbo(["build", "--filter=!@memory-api/docs"], { silent: true });
if (exitCode !== 0) process.exit(exitCode);
const { releases, checksum } = await packRelease(root, folder);
if (releases.length === 0)
  console.log("Every package is in the registry with its current version: nothing to release.");
for (const { name, version } of releases) console.log(`Packed ${name}@${version}`);
console.log(`\nPublish with: npx -y pnpm@12 run release:publish ${folder} --checksum ${checksum}`);
