import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Their compilation shows what does not follow the contract: an operation without a handler, a response with another shape. */
const BUILDS = ["types", "client", "server"].map((name) => `@memory-api/${name}#build`);

/**
 * Returns the tasks of turbo.json that check the types of the changed files. Packages in which only generated code changed are built,
 * which compiles less than their `typecheck`.
 *
 * @param files paths relative to the root
 */
export function quickTasks(root: string, files: readonly string[]): string[] {
  const written = files.filter((file) => /\.[cm]?[jt]sx?$/.test(file) && !file.includes("/generated/"));
  const tasks = written.map((file) => {
    const name = packageOf(root, dirname(file));
    return name === undefined ? "//#typecheck:repo" : `${name}#typecheck`;
  });
  return [...new Set([...BUILDS, ...tasks])];
}

function packageOf(root: string, folder: string): string | undefined {
  if (folder === ".") return undefined;
  const manifest = join(root, folder, "package.json");
  if (!existsSync(manifest)) return packageOf(root, dirname(folder));
  const { name, scripts = {} }: { name: string; scripts?: Record<string, string> } = JSON.parse(
    readFileSync(manifest, "utf8"),
  );
  return "typecheck" in scripts ? name : undefined;
}
