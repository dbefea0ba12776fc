// Installs the packages from their tarballs, and makes a test of each cell of the table in matrix.ts. `test` runs a sample,
// `test:soak` all, and prints the table.
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PackedPackage } from "../../../../scripts/pack/pack-packages.ts";
import { nodes } from "../runtimes/runtimes.ts";
import { reasonToSkip } from "../support/chromium.ts";
import { installPackages } from "../support/install-packages.ts";
import { nodePackage } from "../support/node-packages.ts";
import { packedPackages } from "../support/packed-packages.ts";
import { run } from "../support/run.ts";
import { type Compiled, compileEntryPoints, runCompiler } from "./compile.ts";
import { type LoadResults, loadEntryPoints, runCommand } from "./load.ts";
import {
  type Compilation,
  commands,
  compilations,
  type EntryPoint,
  entryPoints,
  type Loader,
  loaders,
  type Mode,
  oldestTypeScript,
  type ProjectName,
  reasonNotToCompile,
  reasonNotToLoad,
  reasonNotToRun,
} from "./matrix.ts";
import { matrixTable, type Outcome } from "./matrix-table.ts";
import { installProject } from "./projects.ts";

const require = createRequire(import.meta.url);
const isSoak = process.env["SOAK"] === "1";
const usedLoaders = loaders.filter(({ isSample }) => isSoak || isSample);
const usedCompilations = compilations.filter(({ isSample }) => isSoak || isSample);
const projects = new Set([...usedLoaders, ...usedCompilations].map(({ project }) => project));

/** What npm records of an installed package. */
interface InstalledPackage {
  readonly hasInstallScript?: boolean;
  readonly optional?: boolean;
}

/** Versions of TypeScript to install. This repository has the others. */
const typeScripts = { [oldestTypeScript]: "5.8.3", "6.0": "6.0.3" };
/** The cells whose tests passed. */
const passed = new Set<string>();
let folder: string;
let packed: ReadonlyMap<string, PackedPackage>;

const folderOf = (project: ProjectName) => join(folder, project.replaceAll(/\W+/g, "-"));

function nodeOf({ runtime }: Loader): string {
  const node = nodes.find(({ version }) => runtime === `Node.js ${version}`);
  return node?.program(join(folder, "tools")) ?? process.execPath;
}

function compilerOf({ typeScript }: Compilation): string {
  if (typeScript === "5.9") return dirname(require.resolve("typescript-5/package.json"));
  if (typeScript === "7.0") return dirname(require.resolve("typescript/package.json"));
  return join(folder, "tools/node_modules", `typescript-${typeScript}`);
}

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), "memory-api-matrix-")));
  packed = await packedPackages();
  await installTools();
  for (const project of projects) await installProject(project, folderOf(project), packed);
}, 1_800_000);
afterAll(async () => {
  if (isSoak) console.log(tables().join("\n\n"));
  await rm(folder, { recursive: true, force: true });
});

/** Installs the versions of Node.js and TypeScript that are used. */
async function installTools(): Promise<void> {
  const versions = nodes.filter(
    ({ version }) => version !== "24" && usedLoaders.some(({ runtime }) => runtime === `Node.js ${version}`),
  );
  const compilers = Object.entries(typeScripts).filter(([version]) =>
    usedCompilations.some(({ typeScript }) => typeScript === version),
  );
  const tools = join(folder, "tools");
  await mkdir(tools);
  await writeFile(join(tools, "package.json"), "{}");
  await installPackages(tools, [
    ...versions.map(({ version }) => nodePackage(`node-${version}`, `${version}.0`)),
    ...compilers.map(([version, exact]) => `typescript-${version}@npm:typescript@${exact}`),
  ]);
}

describe("the matrix", () => {
  it("has every entry point and every command of the packages", async () => {
    const manifests = await Promise.all(
      [...packed.values()].map(async ({ filename }) =>
        JSON.parse(await run("tar", ["-xzOf", filename, "package/package.json"])),
      ),
    );
    const subpaths = manifests.flatMap(({ name, exports }) =>
      Object.keys(exports).map((subpath) => name + subpath.slice(1)),
    );
    expect(entryPoints.map(({ name }) => name).sort()).toEqual(subpaths.sort());
    const bins = manifests.flatMap(({ name, bin = {} }) => Object.keys(bin).map((command) => `${command} of ${name}`));
    expect(commands.map((command) => `${command.name} of ${command.package}`).sort()).toEqual(bins.sort());
  });
});

describe("a failure", () => {
  const missing: EntryPoint = {
    name: "@memory-api/types/missing",
    kind: "module",
    specifier: "@memory-api/types/missing",
  };
  const [existing = missing] = entryPoints;

  it.each(["import", "require"] as const)("of one %s does not hide that the others are loaded", async (mode) => {
    const [loader] = usedLoaders;
    if (loader === undefined) throw new Error("The matrix has no loaders.");
    const results = await loadEntryPoints(folderOf("npm"), loader, mode, [missing, existing], nodeOf(loader));
    expect(results[missing.name]).toContain("Package subpath './missing' is not defined");
    expect(results[existing.name]).toBe("loaded");
  });

  it("of one compiled entry point does not concern the others", async () => {
    const [compilation] = usedCompilations;
    if (compilation === undefined) throw new Error("The matrix has no compilations.");
    const compiled = [missing, existing].map((entryPoint): Compiled => ({ entryPoint, mode: "import" }));
    const errors = await compileEntryPoints(folderOf("npm"), compilation, compiled, compilerOf(compilation));
    expect(compiled.map((each) => errors.get(each))).toEqual([expect.stringMatching(/^sources\/0\.mts.+TS2307/), ""]);
  });
});

describe("the table", () => {
  it("shows what passed and failed, and numbers the reasons of what did not run", () => {
    const cells: Record<string, Outcome[]> = {
      yes: [{ mode: "import", reason: undefined, hasPassed: true }],
      no: [{ mode: "import", reason: undefined, hasPassed: false }],
      partly: [
        { mode: "import", reason: undefined, hasPassed: true },
        { mode: "require", reason: "has no require", hasPassed: false },
      ],
      never: [{ mode: undefined, reason: "is a program", hasPassed: false }],
    };
    const rows = Object.keys(cells).map((name) => ({ name }));
    const table = matrixTable("Title", [{ name: "Node" }], rows, (_, { name }) => cells[name] ?? []);
    expect(table.split("\n")).toEqual([
      "Title:",
      "|        | Node       |",
      "| ------ | ---------- |",
      "| yes    | yes        |",
      "| no     | NO         |",
      "| partly | import [1] |",
      "| never  | [2]        |",
      "[1] has no require",
      "[2] is a program",
    ]);
  });
});

describe("the dependencies of the packages", () => {
  it("run nothing when they are installed", async () => {
    const lock = JSON.parse(await readFile(join(folderOf("npm"), "node_modules/.package-lock.json"), "utf8"));
    const installed: [string, InstalledPackage][] = Object.entries(lock.packages);
    expect(installed.length).toBeGreaterThan(100);
    // On macOS, Vitest installs an optional package that runs a script.
    const scripted = installed.filter(([, { hasInstallScript, optional }]) => hasInstallScript && !optional);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });
});

describe.each(usedLoaders)("$name", (loader) => {
  const skipReason = loader.runtime === "Chromium" ? reasonToSkip : undefined;

  describe.each(loader.modes)("%s", (mode) => {
    const loaded = entryPoints.filter((entryPoint) => reasonNotToLoad(entryPoint, loader) === undefined);
    let results: LoadResults;
    beforeAll(async () => {
      if (skipReason !== undefined) return;
      results = await loadEntryPoints(folderOf(loader.project), loader, mode, loaded, nodeOf(loader));
    }, 900_000);
    beforeEach(({ skip }) => skip(skipReason !== undefined, skipReason));

    it.each(loaded)("loads $name", ({ name }) => {
      expect(results[name]).toBe("loaded");
      passed.add(cell(loader, name, mode));
    });
  });

  const used = commands.filter((command) => reasonNotToRun(command, loader) === undefined);
  it.runIf(used.length > 0).each(used)("runs the command $name", async (command) => {
    expect(await runCommand(folderOf(loader.project), loader, command, nodeOf(loader))).toContain(command.name);
    passed.add(cell(loader, command.name));
  });
});

describe.each(usedCompilations)("TypeScript $name", (compilation) => {
  const used = entryPoints.filter((entryPoint) => reasonNotToCompile(entryPoint, compilation) === undefined);
  const compiled = compilation.modes.flatMap((mode) => used.map((entryPoint): Compiled => ({ entryPoint, mode })));
  let errors: ReadonlyMap<Compiled, string>;
  beforeAll(async () => {
    errors = await compileEntryPoints(folderOf(compilation.project), compilation, compiled, compilerOf(compilation));
  }, 900_000);

  it("has the expected version", async () => {
    const printed = await runCompiler(
      folderOf(compilation.project),
      compilation,
      ["--version"],
      compilerOf(compilation),
    );
    expect(printed).toContain(`Version ${compilation.typeScript}.`);
  });

  it.each(compiled)("compiles the $mode of $entryPoint.name", (each) => {
    expect(errors.get(each)).toBe("");
    passed.add(cell(compilation, each.entryPoint.name, each.mode));
  });
});

function cell(column: Loader | Compilation, row: string, mode?: Mode): string {
  return [column.name, row, mode].join();
}

/** Returns the table of the loaded entry points, of the commands and of the compiled entry points, with the reasons. */
function tables(): string[] {
  const outcome = (column: Loader | Compilation, row: string, reason: string | undefined, mode?: Mode): Outcome => ({
    mode,
    reason,
    hasPassed: passed.has(cell(column, row, mode)),
  });
  return [
    matrixTable("Loaded entry points", loaders, entryPoints, (column, row) =>
      column.modes.map((mode) => outcome(column, row.name, reasonNotToLoad(row, column), mode)),
    ),
    matrixTable("Commands", loaders, commands, (column, row) => [
      outcome(column, row.name, reasonNotToRun(row, column)),
    ]),
    matrixTable("Compiled entry points, with the version of TypeScript", compilations, entryPoints, (column, row) =>
      column.modes.map((mode) => outcome(column, row.name, reasonNotToCompile(row, column), mode)),
    ),
  ];
}
