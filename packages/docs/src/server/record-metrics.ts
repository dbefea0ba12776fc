import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Metric, parseMetrics } from "./parse-metrics.ts";

const server = fileURLToPath(new URL("cli.js", import.meta.resolve("@memory-api/server")));

/** Starts a server, and returns its metrics. */
export async function recordMetrics(): Promise<Metric[]> {
  const folder = await mkdtemp(join(tmpdir(), "memory-metrics-"));
  const readyFile = join(folder, "ready.json");
  const changes = watch(folder);
  const child = execFile(process.execPath, [server, "--port", "0", "--data", folder, "--ready-file", readyFile]);
  try {
    for await (const { filename } of changes) if (filename === "ready.json") break;
    const { url } = JSON.parse(await readFile(readyFile, "utf8"));
    return parseMetrics(await (await fetch(`${url}/metrics`)).text());
  } finally {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
