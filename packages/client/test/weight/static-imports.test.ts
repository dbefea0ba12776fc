import { isBuiltin } from "node:module";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The files of `dist` that one of them reaches by static imports, and what those import from elsewhere. */
async function reached(file: string) {
  const { metafile } = await build({
    entryPoints: [file],
    absWorkingDir: dist,
    bundle: true,
    format: "esm",
    platform: "neutral",
    packages: "external",
    metafile: true,
    write: false,
  });
  const imports = Object.values(metafile.inputs).flatMap(({ imports }) => imports);
  const elsewhere = imports.filter(({ external, kind }) => external && kind === "import-statement");
  return { files: Object.keys(metafile.inputs), elsewhere: [...new Set(elsewhere.map(({ path }) => path))].sort() };
}

const isOfTheCommand = (file: string) => file.startsWith("command/");

describe("what the built package loads before anything is called", () => {
  it("is one file, and none of Node.js, so it loads at once, and in browsers and workers too", async () => {
    const { elsewhere } = await reached("index.js");
    expect(elsewhere).toEqual([]);
  });

  it("is nothing of the command", async () => {
    expect((await reached("index.js")).files.filter(isOfTheCommand)).toEqual([]);
  });

  it("would be found out", async () => {
    expect((await reached("transports/undici.js")).elsewhere.filter(isBuiltin)).toEqual(["node:stream"]);
    expect((await reached("command/cli.js")).files.filter(isOfTheCommand)).not.toEqual([]);
  });
});
