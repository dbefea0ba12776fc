import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commitAll, initialize } from "./git.ts";
import type { Registry } from "./registry.ts";

/** The packages, each of which depends on the one before it. */
export const names = ["@memory-api/first", "@memory-api/second", "@memory-api/third"];

/** Creates a repository with small packages, which have version 1.0.0 and are published to the registry. */
export async function createSmallWorkspace(registry: Registry): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), "small-workspace-"));
  const files: Record<string, object> = {
    "package.json": { name: "small-workspace", private: true },
    "pnpm-workspace.yaml": { packages: ["packages/*"], fetchRetries: 0 },
    ".changeset/config.json": { access: "public", baseBranch: "main", changelog: false, commit: false },
  };
  for (const [index, name] of names.entries()) {
    const dependencies = index === 0 ? {} : { [`${names[index - 1]}`]: "workspace:*" };
    files[`packages/${index}/package.json`] = { name, version: "1.0.0", dependencies };
  }
  for (const [file, content] of Object.entries(files)) {
    await mkdir(join(root, file, ".."), { recursive: true });
    await writeFile(join(root, file), JSON.stringify(content));
  }
  await initialize(root);
  await registry.use(root);
  await commitAll(root, "Add the packages");
  return root;
}
