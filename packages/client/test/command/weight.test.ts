import { fileURLToPath } from "node:url";
import { build, type Metafile } from "esbuild";
import { describe, expect, it } from "vitest";

async function inputsOf(path: string): Promise<Metafile["inputs"]> {
  const entry = fileURLToPath(new URL(`../../src/${path}`, import.meta.url));
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    metafile: true,
  });
  return metafile.inputs;
}

const filesOf = async (path: string) => Object.keys(await inputsOf(path));

/** Returns the files that Node.js loads before the entry point runs. */
async function filesAtStart(path: string): Promise<string[]> {
  const inputs = await inputsOf(path);
  const entry = Object.keys(inputs).filter((file) => file.endsWith(`src/${path}`));
  const files = new Set(entry);
  for (const file of files) {
    for (const { path: imported, kind } of inputs[file]?.imports ?? []) {
      if (kind === "import-statement" && imported in inputs) files.add(imported);
    }
  }
  return [...files];
}

describe("the command", () => {
  it("adds no file to a program that imports the package", async () => {
    const ofCommand = (files: string[]) => files.filter((file) => file.includes("src/command/"));
    expect(ofCommand(await filesOf("index.ts"))).toEqual([]);
    expect(ofCommand(await filesOf("command/cli.ts"))).not.toEqual([]);
  });

  it("starts without the files that only some commands need", async () => {
    const isLazy = (file: string) => /command\/commands\/|command\/store\.ts|connection\/connection\.ts/.test(file);
    const atStart = await filesAtStart("command/cli.ts");
    expect(atStart.some((file) => file.endsWith("command/run-command.ts"))).toBe(true);
    expect(atStart.filter(isLazy)).toEqual([]);
    expect((await filesOf("command/cli.ts")).filter(isLazy).length).toBeGreaterThan(5);
  });
});
