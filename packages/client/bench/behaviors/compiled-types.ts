import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const require = createRequire(import.meta.url);
const client = fileURLToPath(new URL("../..", import.meta.url));
/** The module of the type `Paths`, which programs with openapi-fetch import. */
export const pathsFile = fileURLToPath(new URL("callers/paths.ts", import.meta.url));

const compiler = join(dirname(require.resolve("typescript/package.json")), "bin/tsc");

/**
 * Returns the type of each expression that a program passes to `probe`, in order, as the compiler infers it in strict mode. `probe` accepts
 * no value, so the compiler reports the type of each one.
 *
 * @throws {Error} if the program has other errors
 */
export async function typesIn(program: string): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "memory-types-"));
  try {
    await Promise.all([
      writeFile(join(folder, "package.json"), '{ "type": "module" }'),
      writeFile(join(folder, "program.ts"), `${program}\ndeclare function probe(value: never): void;\nexport {};\n`),
      link(folder, "@memory-api/client", client),
      ...["@memory-api/types", "openapi-fetch", "twilio"].map((name) =>
        link(folder, name, join(client, "node_modules", name)),
      ),
    ]);
    const options = [
      "--noEmit",
      "--strict",
      "--skipLibCheck",
      "--allowImportingTsExtensions",
      "--target",
      "es2022",
      "--module",
      "nodenext",
    ];
    const nodeTypes = ["--types", "node", "--typeRoots", join(client, "../../node_modules/@types")];
    const errors = await errorsOf(["--pretty", "false", ...options, ...nodeTypes, "program.ts"], folder);
    return errors.map((line) => {
      const [, type] = /Argument of type '(.*)' is not assignable to parameter of type 'never'/.exec(line) ?? [];
      if (type === undefined) throw new Error(`The program does not compile: ${line}`);
      return type;
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function link(folder: string, name: string, target: string): Promise<void> {
  const path = join(folder, "node_modules", name);
  await mkdir(dirname(path), { recursive: true });
  await symlink(target, path);
}

/** Returns the first line of each error of the compiler. */
function errorsOf(options: readonly string[], cwd: string): Promise<string[]> {
  return new Promise((resolve) => {
    execFile(process.execPath, [compiler, ...options], { cwd }, (_, stdout) => {
      resolve(stdout.split("\n").filter((line) => line.includes(": error TS")));
    });
  });
}
