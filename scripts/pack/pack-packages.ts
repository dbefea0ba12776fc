import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

/** A package as it would be published, as `pnpm pack` tells of it. */
export interface PackedPackage {
  name: string;
  /** Path of the tarball. */
  filename: string;
  files: { path: string }[];
}

const repository = fileURLToPath(new URL("../../../..", import.meta.url));

/** Packs every package of the workspace that is not private, by name. */
export async function packPackages(destination: string): Promise<Map<string, PackedPackage>> {
  const packed: PackedPackage[] = JSON.parse(
    await run(pnpm(), ["--recursive", "pack", "--json", "--pack-destination", destination], { cwd: repository }),
  );
  return new Map(packed.map((each) => [each.name, each]));
}

/** The pnpm that runs this, which need not be on the path; else the one that is. */
function pnpm(): string {
  const { npm_execpath: runner = "", npm_config_user_agent: agent = "" } = process.env;
  return agent.startsWith("pnpm/") ? runner : "pnpm";
}
