import { type ChildProcess, execFile, execFileSync, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, globSync } from "node:fs";
import { chown, mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

// Programs that are not packages of npm: PostgreSQL with its tools, PgBouncer and HAProxy.

const newestFirst = new Intl.Collator("en", { numeric: true }).compare;
/** Debian adds these folders to the `PATH` of administrators only, or to nobody's. */
const folders = ["/usr/sbin", ...globSync("/usr/lib/postgresql/*/bin").sort(newestFirst).reverse()];
const path = [...folders, ...(process.env["PATH"] ?? "").split(delimiter)];
/** The `PATH` of the programs. */
export const PATH = path.join(delimiter);
const environment = { ...process.env, PATH };

/** PostgreSQL and PgBouncer do not run as root, so root starts them as another user. */
const user: Pick<SpawnOptions, "uid" | "gid"> = process.getuid?.() === 0 ? { uid: id("-u"), gid: id("-g") } : {};

function id(option: string): number {
  try {
    return Number(execFileSync("id", [option, "postgres"], { stdio: "pipe", encoding: "utf8" }));
  } catch {
    // The packages that create this user are not installed, so nothing will be started.
    return -1;
  }
}

/** Why tests that need a program cannot run; `undefined` if they can. */
export function reasonWithout(program: string, debianPackage: string): string | undefined {
  const isInstalled = path.some((folder) => existsSync(join(folder, program)));
  return isInstalled ? undefined : `${program} is not installed: apt-get install ${debianPackage}`;
}

/** Creates a folder that belongs to the user who runs the programs. */
export async function folderForPrograms(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "memory-api-server-"));
  if (user.uid !== undefined && user.gid !== undefined) await chown(folder, user.uid, user.gid);
  return folder;
}

export interface RunningProgram {
  readonly pid: number;
  /** Sends a signal, and waits until the program has ended. */
  end(signal: NodeJS.Signals): Promise<void>;
}

/**
 * Starts a program that runs until it receives a signal.
 *
 * @param ready what it writes to its error output when it has started
 */
export async function startProgram(program: string, args: readonly string[], ready: string): Promise<RunningProgram> {
  const child = spawn(program, args, { ...user, env: environment, stdio: ["ignore", "ignore", "pipe"] });
  const ended = once(child, "exit");
  const output = await outputUntil(child, ready);
  if (child.pid === undefined || child.exitCode !== null) throw new Error(`${program} exited: ${output}`);
  return {
    pid: child.pid,
    async end(signal) {
      child.kill(signal);
      await ended;
    },
  };
}

/** Continues to read afterwards, because a program waits for a reader of its output. */
function outputUntil(child: ChildProcess, ready: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let output = "";
  child.stderr?.on("data", (bytes) => {
    output += bytes;
    if (output.includes(ready)) resolve(output);
  });
  child.on("close", () => resolve(output));
  return promise;
}

/** Runs a program until it ends. */
export async function runProgram(
  program: string,
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
): Promise<void> {
  await promisify(execFile)(program, args, { ...user, env: { ...environment, ...variables } });
}

/** The path of a file of `deploy`. */
export function deployed(name: string): string {
  return fileURLToPath(new URL(`../../../../deploy/${name}`, import.meta.url));
}

/** Reads a file of `deploy`, and replaces the names and addresses in it. Each of them must occur. */
export async function readDeployed(name: string, replacements: Readonly<Record<string, string>>): Promise<string> {
  let text = await readFile(deployed(name), "utf8");
  for (const [original, replacement] of Object.entries(replacements)) {
    if (!text.includes(original)) throw new Error(`${name} does not contain ${original}`);
    text = text.replaceAll(original, replacement);
  }
  return text;
}
