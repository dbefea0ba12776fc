import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pendingBumps } from "./changesets/pending-bumps.ts";
import { brokenConsumers } from "./consumers/broken-consumers.ts";
import { readUsageManifest, type UsageManifest } from "./consumers/usage-manifest.ts";
import { type ContractChange, contractChanges, readContract } from "./contract-changes.ts";
import { deprecationRemarks } from "./deprecations/deprecation-remarks.ts";
import type { DiffReport } from "./report/diff-report.ts";
import { typeChanges } from "./types/type-changes.ts";

export interface Versions {
  /** Path of the bundle of the last release. Next to it are its types and programs of consumers. */
  released: string;
  /** Path of the current bundle. */
  built: string;
}

/**
 * Compares the contract and the types with the last release, and the bumps that the changes need with the pending changesets.
 *
 * @param root path of the repository
 * @param versions by default, those of the repository
 * @param consumers paths of usage manifests
 * @param today YYYY-MM-DD; nothing may be removed before its sunset date
 */
export async function diffRepository(
  root: string,
  consumers: readonly string[] = [],
  versions: Versions = {
    released: join(root, "spec/released/openapi.yaml"),
    built: join(root, "spec/dist/openapi.yaml"),
  },
  today = new Date().toISOString().slice(0, 10),
): Promise<DiffReport> {
  const [wire, types, pending] = await Promise.all([
    contractChanges(versions.released, versions.built),
    typeChangesIn(root, versions.released),
    pendingBumps(root),
  ]);
  const changes: ContractChange[] = [...wire, ...types];
  const [released, built] = await Promise.all([readContract(versions.released), readContract(versions.built)]);
  const deprecations = deprecationRemarks(released, built, today);
  if (consumers.length === 0) return { lines: changes, pending, remarks: [], deprecations };
  const manifests = new Map<string, UsageManifest>();
  for (const path of consumers) manifests.set(path, await readUsageManifest(path));
  const lines = changes.map((change) => ({ ...change, broken: brokenConsumers(change, manifests) }));
  return { lines, pending, remarks: await remarksOn(manifests, versions.released), deprecations };
}

async function typeChangesIn(root: string, released: string): Promise<ContractChange[]> {
  const folder = join(released, "..");
  if (!existsSync(join(folder, "types")))
    throw new Error(`${folder} contains no types. Restore it: git checkout HEAD -- spec/released`);
  const current = join(root, "packages/types/src/index.ts");
  await checkFreshness(root);
  const consumers = (await readdir(join(folder, "consumers"))).map((name) => join(folder, "consumers", name));
  return typeChanges(await readContract(released), { released: join(folder, "types/index.ts"), current, consumers });
}

/** The types in the working tree must be those of the bundle, or the comparison is of something else. */
async function checkFreshness(root: string): Promise<void> {
  const { sha256 }: { sha256: string } = JSON.parse(await readFile(join(root, "spec/dist/contract.json"), "utf8"));
  const types = await readFile(join(root, "packages/types/src/generated/openapi.ts"), "utf8");
  if (!types.includes(sha256)) throw new Error("The generated types are stale. Run: npx -y pnpm@12 generate");
}

async function remarksOn(manifests: ReadonlyMap<string, UsageManifest>, released: string): Promise<string[]> {
  const { version } = Object((await readContract(released))["info"]);
  return [...manifests].flatMap(([path, { contractVersion }]) =>
    contractVersion === version
      ? []
      : [
          `${path} is for version ${contractVersion} of the contract, but the last release is ${version}: run the tests of the consumer again.`,
        ],
  );
}
