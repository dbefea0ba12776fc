import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { residentMiB } from "./child.ts";
import { atMost, interleaved, type Measurement } from "./figure.ts";

const ROUNDS = 5;

/** Measures the time from starting the command to its first response, and its memory, compared with Prism. */
export async function measureStart(): Promise<Measurement> {
  const memory = { server: 0, prism: 0 };
  const times = await interleaved(ROUNDS, {
    server: async () => {
      const folder = await mkdtemp(join(tmpdir(), "memory-bench-"));
      const command = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
      const started = await start([command, "--data", folder, "--port", "4187"], "http://127.0.0.1:4187/health");
      memory.server = started.memory;
      await rm(folder, { recursive: true });
      return started.ms;
    },
    prism: async () => {
      const command = fileURLToPath(import.meta.resolve("@memory-api/mock").replace("index.js", "cli.js"));
      const started = await start([command, "--port", "4188"], "http://127.0.0.1:4188/");
      memory.prism = started.memory;
      return started.ms;
    },
  });
  return {
    title: "Start to first response, embedded database",
    figures: [
      atMost("Idle, resident MiB", memory.server, 100),
      atMost("Time, relative to Prism", times.server / times.prism, 0.55),
    ],
    notes: [
      `The server: ${times.server.toFixed(0)} ms. Prism: ${times.prism.toFixed(0)} ms, ${memory.prism.toFixed(0)} MiB`,
    ],
  };
}

async function start(parameters: string[], url: string): Promise<{ ms: number; memory: number }> {
  const begin = performance.now();
  const child = spawn(process.execPath, parameters, { stdio: ["ignore", "ignore", "inherit"] });
  try {
    while (!(await isReady(url))) {
      if (child.exitCode !== null) throw new Error(`The process exited with ${child.exitCode}.`);
      // Polling without a pause would compete with the server for a core.
      await setTimeout(5);
    }
    return { ms: performance.now() - begin, memory: residentMiB(child.pid) };
  } finally {
    child.kill();
    await once(child, "exit");
  }
}

async function isReady(url: string): Promise<boolean> {
  try {
    await (await fetch(url)).arrayBuffer();
    return true;
  } catch {
    return false;
  }
}
