import { existsSync } from "node:fs";
import { mkdtemp, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { inject } from "vitest";
import { type PackedPackage, packPackages } from "../../../../scripts/pack/pack-packages.ts";

/** Packs the packages of the workspace, unless another file of this test run has. @returns the packages by name */
export async function packedPackages(): Promise<ReadonlyMap<string, PackedPackage>> {
  const folder = inject("folderOfTarballs");
  const list = join(folder, "packed.json");
  if (!existsSync(list)) {
    // Two files that pack at the same time pack the same. The list appears when its tarballs are complete.
    const own = await mkdtemp(join(folder, "packed-"));
    const packed = await packPackages(own);
    await writeFile(join(own, "packed.json"), JSON.stringify([...packed]));
    await rename(join(own, "packed.json"), list);
  }
  return new Map<string, PackedPackage>(JSON.parse(await readFile(list, "utf8")));
}
