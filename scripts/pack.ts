// `pnpm run pack` builds the published packages, writes their tarballs to `tarballs/`, and prints the command that
// installs them.
import { rm } from "node:fs/promises";
import { installCommand, packPackages } from "./pack/pack-packages.ts";
import { root, turbo } from "./turbo.ts";

const folder = `${root}tarballs`;

const exitCode = await turbo(["check", "build", "--filter=!@memory-api/docs"], { silent: true });
if (exitCode !== 0) process.exit(exitCode);
await rm(folder, { recursive: true, force: true });
const packages = await packPackages(folder);
console.log(`Packed ${[...packages.keys()].join(", ")}. Install them in another repository:\n`);
console.log(installCommand(packages.values()));
