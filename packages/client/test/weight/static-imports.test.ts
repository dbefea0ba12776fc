import { readFile } from "node:fs/promises";
import { isBuiltin } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { describe, expect, it } from "vitest";

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The files of `dist` that a file reaches by static imports, and what those import from elsewhere. */
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

/** Paths of the source modules in a file of `dist`. The build writes each path above the code of its module. */
async function modulesIn(file: string): Promise<string[]> {
  const text = await readFile(join(dist, file), "utf8");
  return [...text.matchAll(/^\/\/ (\S+\/\S+\.m?[jt]s)$/gm)].map(([, path = ""]) => path);
}

const isOfTheCommand = (file: string) => file.startsWith("command/");
const isOfOpenapiFetch = (module: string) => module.includes("openapi-fetch/");

describe("the static imports of @memory-api/client", () => {
  it("are none, not even of Node.js, so it loads quickly, and in browsers and workers too", async () => {
    const { elsewhere } = await reached("index.js");
    expect(elsewhere).toEqual([]);
  });

  it("do not reach the command", async () => {
    expect((await reached("index.js")).files.filter(isOfTheCommand)).toEqual([]);
  });

  it("would be detected", async () => {
    expect((await reached("transports/undici.js")).elsewhere.filter(isBuiltin)).toEqual(["node:stream"]);
    expect((await reached("command/cli.js")).files.filter(isOfTheCommand)).not.toEqual([]);
  });
});

describe("the openapi-fetch client", () => {
  const entryPoint = "openapi-fetch/index.js";

  it("imports only openapi-fetch, and nothing of Node.js", async () => {
    expect(await reached(entryPoint)).toEqual({ files: [entryPoint], elsewhere: ["openapi-fetch"] });
  });

  it("does not contain openapi-fetch, so an application has one copy of it", async () => {
    const modules = await modulesIn(entryPoint);
    expect(modules.filter((module) => module.includes("node_modules/"))).toEqual([]);
  });

  it("adds nothing to @memory-api/client", async () => {
    const modules = await modulesIn("index.js");
    expect(modules).toContain("src/create-memory-client.ts");
    expect(modules.filter(isOfOpenapiFetch)).toEqual([]);
  });

  it("would be detected there", async () => {
    expect((await modulesIn(entryPoint)).filter(isOfOpenapiFetch)).toContain(
      "src/openapi-fetch/create-fetch-client.ts",
    );
  });
});
