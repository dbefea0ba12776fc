import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run } from "./run.ts";

const require = createRequire(import.meta.url);
const program = require.resolve("workerd/bin/workerd");

/** The worker can only connect to private addresses, such as this machine. */
const configurationOf = (file: string) => `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = .suite),
    (name = "machine", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);
const suite :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed ${JSON.stringify(file)})],
  compatibilityDate = "2026-11-01",
  globalOutbound = "machine",
);
`;

export async function workerdVersion(): Promise<string> {
  return (await run(program, ["--version"])).trim();
}

/**
 * Starts a worker in workerd, sends it one POST request, and stops it.
 *
 * @param file the ES module of the worker, relative to `folder`
 * @returns the JSON of the response
 * @throws {Error} if the worker does not start, or the response is not successful
 */
export async function runWorker<Result>(folder: string, file: string, body: string): Promise<Result> {
  const configuration = join(folder, "workerd.capnp");
  await writeFile(configuration, configurationOf(file));
  const child = spawn(program, ["serve", configuration, "--control-fd=1"], { stdio: ["ignore", "pipe", "inherit"] });
  const exit = once(child, "exit");
  try {
    for await (const line of createInterface(child.stdout)) {
      const { event, port } = JSON.parse(line);
      if (event !== "listen") continue;
      const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body });
      if (!response.ok) throw new Error(`The worker returned ${response.status}: ${await response.text()}`);
      const result: Result = JSON.parse(await response.text());
      return result;
    }
    throw new Error("workerd exited before it accepted requests.");
  } finally {
    child.kill();
    await exit;
  }
}
