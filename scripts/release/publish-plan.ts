import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A package of a release. */
export interface PackedRelease {
  kind: string;
  name: string;
  version: string;
  tarball: {
    /** Path in the folder of the plan. */
    path: string;
    integrity: string;
  };
}

/** The packages in the order in which they are published: a package comes in a later group than its dependencies. */
export type PublishPlan = PackedRelease[][];

/** Reads the plan that `changeset pack` writes next to the tarballs. */
export async function readPublishPlan(folder: string): Promise<PublishPlan> {
  const { plan }: { plan: PublishPlan } = JSON.parse(await readFile(join(folder, "publish-plan.json"), "utf8"));
  return plan;
}

/** Writes a plan in the format that `changeset publish --from-pack-dir` reads. */
export async function writePublishPlan(folder: string, plan: PublishPlan): Promise<void> {
  await writeFile(join(folder, "publish-plan.json"), JSON.stringify({ version: 1, plan }));
}
