import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { run } from "../support/run.ts";
import type { Runtime } from "./runtime.ts";
import type { SuiteSettings } from "./suite/check.ts";

const require = createRequire(import.meta.url);
const program = require.resolve("workerd/bin/workerd");

/** The worker can only connect to private addresses, such as this machine. */
const configuration = `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = .suite),
    (name = "machine", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "suite")],
);
const suite :Workerd.Worker = (
  modules = [(name = "worker.js", esModule = embed "bundled/worker.js")],
  compatibilityDate = "2026-11-01",
  globalOutbound = "machine",
);
`;

export const workerd: Runtime = {
  name: "workerd",
  version: "workerd ",
  async run(folder, sandbox) {
    const settings: SuiteSettings = { ...sandbox, detectsRefusedConnections: false };
    const version = (await run(program, ["--version"])).trim();
    const file = join(folder, "workerd.capnp");
    await writeFile(file, configuration);
    const child = spawn(program, ["serve", file, "--control-fd=1"], { stdio: ["ignore", "pipe", "inherit"] });
    const exit = once(child, "exit");
    try {
      for await (const line of createInterface(child.stdout)) {
        const { event, port } = JSON.parse(line);
        if (event !== "listen") continue;
        const response = await fetch(`http://127.0.0.1:${port}/`, { method: "POST", body: JSON.stringify(settings) });
        if (!response.ok) throw new Error(`The worker returned ${response.status}: ${await response.text()}`);
        return { version, results: await response.json() };
      }
      throw new Error("workerd exited before it accepted requests.");
    } finally {
      child.kill();
      await exit;
    }
  },
};
