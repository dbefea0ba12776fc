import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "../support/run.ts";
import type { Compilation, EntryPoint, Mode } from "./matrix.ts";
import { runYarn } from "./projects.ts";

/** An entry point and the way in which it is loaded. */
export interface Compiled {
  readonly entryPoint: EntryPoint;
  readonly mode: Mode;
}

const modules = {
  nodenext: { module: "nodenext", moduleResolution: "nodenext" },
  bundler: { module: "esnext", moduleResolution: "bundler" },
};
const strict = { noEmit: true, strict: true, noUncheckedIndexedAccess: true, skipLibCheck: false };

/**
 * Compiles one file for each entry point in an installed project.
 *
 * @param compiler path of the package `typescript`
 * @returns the errors that concern each one; an error outside the files of one concerns all
 */
export async function compileEntryPoints(
  folder: string,
  compilation: Compilation,
  compiled: readonly Compiled[],
  compiler: string,
): Promise<Map<Compiled, string>> {
  const sources = join(folder, "sources");
  await rm(sources, { recursive: true, force: true });
  await mkdir(sources);
  const files = compiled.map(({ mode }, index) => `sources/${index}.${mode === "import" ? "mts" : "cts"}`);
  await Promise.all(files.map((file, index) => writeFile(join(folder, file), sourceOf(compiled[index]))));
  const errors = await compile(folder, compilation, files, compiler);

  const errorsOf = (each: Compiled, index: number) => {
    const [, packageName = ""] = each.entryPoint.name.split("/");
    const ownFiles = [files[index] ?? "", `@memory-api/${packageName}/`];
    const isOfOther = (error: string) =>
      /^sources\/|@memory-api\//.test(error) && !ownFiles.some((file) => error.includes(file));
    return errors.filter((error) => !isOfOther(error)).join("\n");
  };
  return new Map(compiled.map((each, index) => [each, errorsOf(each, index)]));
}

/** Returns the errors that the compiler prints. */
async function compile(
  folder: string,
  compilation: Compilation,
  files: readonly string[],
  compiler: string,
): Promise<string[]> {
  const { environment, exactOptionalPropertyTypes } = compilation;
  const isBrowser = environment === "browser";
  const compilerOptions = {
    ...strict,
    ...modules[isBrowser ? "bundler" : environment],
    exactOptionalPropertyTypes,
    resolveJsonModule: true,
    target: "es2022",
    lib: isBrowser ? ["es2022", "dom"] : ["es2022"],
    types: isBrowser ? [] : ["node"],
  };
  await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files }));
  try {
    await runCompiler(folder, compilation, ["--project", "."], compiler);
    return [];
  } catch (error) {
    const printed = String(error).split("\n").slice(1);
    const errors = printed.filter((line) => line.includes(": error TS"));
    return errors.length > 0 ? errors : printed;
  }
}

/** Runs `tsc` in an installed project. */
export function runCompiler(
  folder: string,
  { project }: Compilation,
  args: readonly string[],
  compiler: string,
): Promise<string> {
  if (project === "Yarn, PnP") return runYarn(folder, ["run", "tsc", ...args]);
  return run(process.execPath, [join(compiler, "bin/tsc"), ...args], { cwd: folder });
}

function sourceOf(compiled: Compiled | undefined): string {
  if (compiled === undefined) return "";
  const { entryPoint, mode } = compiled;
  const { kind, specifier } = entryPoint;
  const use = "export const names: readonly string[] = Object.keys(loaded);\n";
  if (mode === "require") return `import loaded = require("${specifier}");\n${use}`;
  if (kind === "json") return `import loaded from "${specifier}" with { type: "json" };\n${use}`;
  return `import * as loaded from "${specifier}";\n${use}`;
}
