import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { freePort } from "../postgres/postgres-for-tests.ts";

export interface Prometheus {
  /** The value of each time series that the query returns now. */
  query(expression: string): Promise<number[]>;
}

/** Runs Prometheus for the calling test. It reads the metrics of a server every half second. */
export async function startPrometheus(serverUrl: string): Promise<Prometheus> {
  const folder = await temporaryFolder();
  const file = join(folder, "prometheus.json");
  const targets = [new URL(serverUrl).host];
  const scrape = {
    job_name: "memory",
    scrape_interval: "500ms",
    scrape_timeout: "500ms",
    static_configs: [{ targets }],
  };
  await writeFile(file, JSON.stringify({ scrape_configs: [scrape] }));
  const address = `127.0.0.1:${await freePort()}`;
  const child = spawn(
    "prometheus",
    [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=${address}`,
      "--log.level=error",
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const isReady = () =>
    fetch(`http://${address}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
  await expect.poll(isReady).toBe(true);
  return {
    async query(expression) {
      const body = new URLSearchParams({ query: expression });
      const response = await fetch(`http://${address}/api/v1/query`, { method: "POST", body });
      const { status, data, error } = Object(await response.json());
      if (status !== "success") throw new Error(`${expression}: ${error}`);
      const series: { readonly value: readonly [time: number, value: string] }[] = data.result;
      return series.map(({ value: [, value] }) => Number(value));
    },
  };
}
