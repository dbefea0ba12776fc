// `pnpm run release:publish [folder] --checksum <sha256>` publishes the packages that `release:pack` packed, and tags their
// commit. Run it again to complete a publish that failed.
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { publishRelease } from "./release/publish-release.ts";
import { root } from "./turbo.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { checksum: { type: "string" } } });
const { checksum } = values;
if (checksum === undefined) throw new Error("--checksum is missing. `pnpm run release:pack` prints it.");
const published = await publishRelease(root, resolve(positionals[0] ?? `${root}release`), checksum);
for (const { name, version } of published) console.log(`Published ${name}@${version}`);
if (published.length === 0) console.log("Every package was already published.");
console.log("\nPush the tags with: git push --tags");
