import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { harOf } from "./har.ts";
import type { Exchange } from "./recording-proxy.ts";
import { redocly } from "./redocly.ts";

export interface Drift {
  readonly exitCode: number;
  /** The differences from the contract, each with a message and the status of the response. */
  readonly problems: readonly { readonly message: string; readonly status: number }[];
  /** How much of the contract the traffic covered. */
  readonly covered: Readonly<Record<"operations" | "parameters" | "properties" | "responses", Count>>;
}

interface Count {
  readonly covered: number;
  readonly total: number;
}

/** A loopback address, because Redocly reports credentials over plain HTTP for other hosts. */
const ORIGIN = "http://127.0.0.1";

/**
 * Compares traffic with the contract, using `redocly drift`.
 *
 * @param folder where to write temporary files
 */
export async function findDrift(exchanges: readonly Exchange[], folder: string): Promise<Drift> {
  const traffic = join(folder, "traffic.har");
  const report = join(folder, "report.json");
  const coverage = join(folder, "coverage.json");
  await writeFile(traffic, JSON.stringify(harOf(exchanges, ORIGIN)));
  const files = ["--output", report, "--coverage", "--coverage-output", coverage];
  const args = ["drift", traffic, "--api", "openapi.yaml", "--server", ORIGIN, "--format", "json", ...files];
  const { exitCode } = await redocly(args);
  const { problems } = JSON.parse(await readFile(report, "utf8"));
  const { totals } = JSON.parse(await readFile(coverage, "utf8"));
  return { exitCode, problems, covered: totals };
}
