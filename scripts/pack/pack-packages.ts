import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { root } from "../turbo.ts";

/** A packed package, in the format of `pnpm pack --json`. */
export interface PackedPackage {
  name: string;
  /** Path of the tarball. */
  filename: string;
  files: { path: string }[];
}

/**
 * Packs every package of the workspace that is not private. Build the packages first.
 *
 * @returns the packages by name
 * @throws {Error} if pnpm is not on the path
 */
export async function packPackages(destination: string): Promise<Map<string, PackedPackage>> {
  const options = ["--recursive", "pack", "--json", "--pack-destination", destination];
  const packing = promisify(execFile)(pnpm(), options, { cwd: root, maxBuffer: 16 * 1024 * 1024 });
  const { stdout } = await packing.catch((cause: unknown) => {
    if (!(cause instanceof Error && "code" in cause && cause.code === "ENOENT")) throw cause;
    throw new Error("pnpm is not on the path. Run: npx -y pnpm@12 run pack", { cause });
  });
  const packed: PackedPackage[] = JSON.parse(stdout);
  return new Map(packed.map((each) => [each.name, each]));
}

/** Returns the command that installs the packages in another repository. One command, because they depend on each other. */
export function installCommand(packages: Iterable<PackedPackage>): string {
  return ["npm i", ...[...packages].map(({ filename }) => quoted(filename))].join(" ");
}

/** Quotes a path for a POSIX shell. */
function quoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`;
}

/** Returns the pnpm that runs this process, which need not be on the path, or else the one on the path. */
export function pnpm(): string {
  const { npm_execpath: runner = "", npm_config_user_agent: agent = "" } = process.env;
  return agent.startsWith("pnpm/") ? runner : "pnpm";
}
