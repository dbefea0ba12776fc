import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { run } from "../support/run.ts";
import type { Registry } from "./registry.ts";

/** A package manager, as somebody who does not know this repository uses it. */
export interface PackageManager {
  /** Writes the files that a new project needs, apart from its manifest. */
  prepare(folder: string, registry: Registry): Promise<void>;
  /** Command that adds packages to a project. */
  readonly add: readonly string[];
  /** Command that runs the command of an installed package. */
  readonly exec: readonly string[];
  /** Command that runs a program. */
  readonly node: readonly string[];
}

const require = createRequire(import.meta.url);
const yarn = [process.execPath, require.resolve("@yarnpkg/cli-dist/bin/yarn.js")];

export const packageManagers: Record<"npm" | "pnpm" | "yarn", PackageManager> = {
  npm: {
    prepare: (folder, registry) => registry.use(folder),
    add: ["npm", "install", "--no-audit", "--no-fund"],
    exec: ["npx"],
    node: [process.execPath],
  },
  pnpm: {
    prepare: (folder, registry) => registry.use(folder),
    add: ["pnpm", "add"],
    exec: ["pnpm", "exec"],
    node: [process.execPath],
  },
  // With Plug'n'Play, the default of Yarn.
  yarn: {
    async prepare(folder, { url }) {
      const settings = {
        npmRegistryServer: (await run("npm", ["config", "get", "registry"])).trim(),
        // By default, Yarn does not install versions that are less than a day old.
        npmScopes: { "memory-api": { npmRegistryServer: url, npmMinimalAgeGate: 0 } },
        unsafeHttpWhitelist: ["127.0.0.1"],
        enableTelemetry: false,
        // The packages of a rehearsal must not get into the cache of the machine.
        globalFolder: join(folder, ".yarn/global"),
      };
      await writeFile(join(folder, ".yarnrc.yml"), JSON.stringify(settings));
      await writeFile(join(folder, "yarn.lock"), "");
    },
    add: [...yarn, "add"],
    exec: [...yarn],
    node: [...yarn, "node"],
  },
};

/** A project in an empty folder, outside this repository. */
export interface Project {
  add(...packages: string[]): Promise<void>;
  /** Starts the installed server as a sandbox, and returns the variables that it tells users to export. */
  startSandbox(): Promise<{ env: NodeJS.ProcessEnv; stop(): Promise<void> }>;
  /** Runs a TypeScript program, and returns what it prints. */
  run(code: string, env: NodeJS.ProcessEnv): Promise<string>;
  /** Returns the installed version of a package. */
  versionOf(name: string): Promise<string>;
  remove(): Promise<void>;
}

export async function createProject(manager: PackageManager, registry: Registry): Promise<Project> {
  const folder = await mkdtemp(join(tmpdir(), "stranger-"));
  await writeFile(join(folder, "package.json"), JSON.stringify({ name: "stranger", private: true, type: "module" }));
  await manager.prepare(folder, registry);
  const PATH = [dirname(process.execPath), process.env["PATH"]].join(delimiter);
  const execute = ([program = "", ...options]: readonly string[], env: NodeJS.ProcessEnv = {}) =>
    run(program, options, { cwd: folder, env: { ...env, PATH } });

  return {
    add: async (...packages) => void (await execute([...manager.add, ...packages])),
    async startSandbox() {
      const readyFile = join(folder, "ready.json");
      const options = ["--sandbox", "--port", "0", "--data", join(folder, "data"), "--ready-file", readyFile];
      const [program = "", ...command] = [...manager.exec, "memory-server", ...options];
      // With a process group of its own, because npx and Yarn do not forward signals to the server.
      const child = spawn(program, command, { cwd: folder, env: { ...process.env, PATH }, detached: true });
      const printed: string[] = [];
      for (const stream of [child.stdout, child.stderr]) stream.on("data", (text) => printed.push(String(text)));
      const exited = once(child, "exit");
      let ready: string | undefined;
      while (ready === undefined) {
        if (child.exitCode !== null) throw new Error(`The server exited.\n${printed.join("")}`);
        await setTimeout(20);
        ready = await readFile(readyFile, "utf8").catch(() => undefined);
      }
      const { url, apiKey, apiSecret } = JSON.parse(ready);
      return {
        env: { MEMORY_BASE_URL: url, TWILIO_API_KEY: apiKey, TWILIO_API_SECRET: apiSecret },
        async stop() {
          if (child.pid !== undefined) process.kill(-child.pid, "SIGTERM");
          await exited;
        },
      };
    },
    async run(code, env) {
      await writeFile(join(folder, "example.mts"), code);
      return await execute([...manager.node, "example.mts"], env);
    },
    async versionOf(name) {
      await writeFile(
        join(folder, "version.mjs"),
        `import manifest from "${name}/package.json" with { type: "json" };\nconsole.log(manifest.version);\n`,
      );
      return (await execute([...manager.node, "version.mjs"])).trim();
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
