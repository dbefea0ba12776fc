import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

/** The checks, and the types and programs that they need. */
export interface Program {
  source: string;
  released: string;
  current: string;
  consumers: readonly string[];
}

export interface CompileError {
  /** Name of the file: `checks.ts`, or one of the consumers. */
  file: string;
  line: number;
  message: string;
  /** Versions of TypeScript that report it. */
  compilers: string[];
}

const require = createRequire(import.meta.url);
const COMPILERS = ["typescript-5", "typescript"];

const OPTIONS = {
  strict: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  allowImportingTsExtensions: true,
  target: "es2022",
  module: "nodenext",
  types: [],
};

/** Compiles the checks and the programs with TypeScript 5.9 and 7. */
export async function compile({ source, released, current, consumers }: Program): Promise<CompileError[]> {
  const folder = await mkdtemp(join(tmpdir(), "types-gate-"));
  try {
    await mkdir(join(folder, "consumers"));
    await writeFile(join(folder, "checks.ts"), source);
    await cp(dirname(released), join(folder, "old"), { recursive: true });
    await cp(dirname(current), join(folder, "new"), { recursive: true });
    for (const file of consumers) await cp(file, join(folder, "consumers", basename(file)));
    const paths = {
      "old-types": [`./old/${basename(released)}`],
      "new-types": [`./new/${basename(current)}`],
      "@memory-api/types": [`./new/${basename(current)}`],
    };
    const include = ["checks.ts", "consumers"];
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions: { ...OPTIONS, paths }, include }));
    const outputs = await Promise.all(
      COMPILERS.map(async (compiler) => errorsOf(await run(compiler, folder), versionOf(compiler))),
    );
    return merge(outputs.flat());
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function run(compiler: string, folder: string): Promise<string> {
  const tsc = join(dirname(require.resolve(`${compiler}/package.json`)), "bin/tsc");
  const options = { cwd: folder, maxBuffer: 64 * 2 ** 20 };
  const failed = (error: unknown) => {
    // A compiler that finds errors exits with 1 or 2, and writes them to its output.
    const { stdout, code } = Object(error);
    if (code === 1 || code === 2) return { stdout: String(stdout) };
    throw error;
  };
  const { stdout } = await promisify(execFile)(process.execPath, [tsc, "-p", ".", "--pretty", "false"], options).catch(
    failed,
  );
  return stdout;
}

function errorsOf(output: string, compiler: string): CompileError[] {
  return output.split("\n").flatMap((text) => {
    const [, file, line, message] = /^(.+)\((\d+),\d+\): error TS\d+: (.+)$/.exec(text) ?? [];
    if (file === undefined || message === undefined) {
      if (/^error TS/.test(text)) throw new Error(`TypeScript ${compiler} cannot compile the checks: ${text}`);
      return [];
    }
    return [{ file: file.replace(/^consumers\//, ""), line: Number(line), message, compilers: [compiler] }];
  });
}

/** One error per line of a file. The two compilers may word it differently. */
function merge(errors: readonly CompileError[]): CompileError[] {
  const byPlace = new Map<string, CompileError>();
  for (const error of errors) {
    const place = `${error.file}:${error.line}`;
    const known = byPlace.get(place);
    if (known === undefined) byPlace.set(place, { ...error });
    else known.compilers = [...new Set([...known.compilers, ...error.compilers])];
  }
  return [...byPlace.values()];
}

function versionOf(compiler: string): string {
  const { version }: { version: string } = require(`${compiler}/package.json`);
  return version.split(".").slice(0, 2).join(".");
}
