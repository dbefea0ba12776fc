import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { run } from "../../support/run.ts";

/** Bytes of each folder and file in a tarball, not compressed. Folders below `dist` include their subfolders. */
export type Content = Readonly<Record<string, number>>;

const file = new URL("tarball-content.json", import.meta.url);
const note =
  "Generated: do not edit. Bytes in each tarball, not compressed. Regenerate with `npx -y pnpm@12 --filter @memory-api/e2e run bench`.";

/** Returns the content of a tarball. */
export async function contentOf(tarball: string): Promise<Content> {
  const folder = await mkdtemp(join(tmpdir(), "memory-api-tarball-"));
  try {
    await run("tar", ["-xzf", tarball, "-C", folder]);
    const content: Record<string, number> = {};
    for (const entry of await readdir(join(folder, "package"), { recursive: true, withFileTypes: true })) {
      if (!entry.isFile()) continue;
      const path = join(entry.parentPath, entry.name);
      const place = relative(join(folder, "package"), path).split(sep).slice(0, 2).join("/");
      content[place] = (content[place] ?? 0) + (await stat(path)).size;
    }
    return Object.fromEntries(Object.entries(content).sort(([one], [other]) => (one < other ? -1 : 1)));
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Returns the recorded content of each tarball, by the name of the package. */
export async function recordedContents(): Promise<Readonly<Record<string, Content>>> {
  return JSON.parse(await readFile(file, "utf8")).packages;
}

export async function recordContents(packages: Readonly<Record<string, Content>>): Promise<void> {
  await writeFile(file, `${JSON.stringify({ note, packages }, null, 2)}\n`);
}

/** Returns a line for each folder or file that is new or larger than recorded, with the largest growth first. */
export function growthOf(current: Content, recorded: Content): string {
  const grown = Object.entries(current)
    .map(([path, bytes]) => ({ path, bytes, before: recorded[path] }))
    .filter(({ bytes, before = 0 }) => bytes > before)
    .sort((one, other) => other.bytes - (other.before ?? 0) - (one.bytes - (one.before ?? 0)));
  const lines = grown.map(({ path, bytes, before }) => `${path}: ${before ?? "new"} → ${bytes} bytes`);
  return ["Larger than in packages/e2e/test/packages/sizes/tarball-content.json, not compressed:", ...lines].join(
    "\n  ",
  );
}
