import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { harOf } from "./har.ts";
import type { Exchange } from "./recording-proxy.ts";
import { redocly } from "./redocly.ts";

export interface Drift {
  readonly exitCode: number;
  /** What differs, a sentence each, and the status of the answer. */
  readonly problems: readonly { readonly message: string; readonly status: number }[];
  /** How much of the contract the traffic reached. */
  readonly covered: Readonly<Record<"operations" | "parameters" | "properties" | "responses", Count>>;
}

interface Count {
  readonly covered: number;
  readonly total: number;
}

/** On the loopback, where credentials may go over plain HTTP. */
const ORIGIN = "http://127.0.0.1";

/**
 * Holds traffic against the contract by Redocly's own means.
 *
 * @param folder for its files
 */
export async function findDrift(exchanges: readonly Exchange[], folder: string): Promise<Drift> {
  const [traffic, report, coverage] = ["traffic.har", "report.json", "coverage.json"].map((name) => join(folder, name));
  if (traffic === undefined || report === undefined || coverage === undefined)
    throw new Error("There are three files.");
  await writeFile(traffic, JSON.stringify(harOf(exchanges, ORIGIN)));
  const files = ["--output", report, "--coverage", "--coverage-output", coverage];
  const given = ["drift", traffic, "--api", "openapi.yaml", "--server", ORIGIN, "--format", "json", ...files];
  const { exitCode } = await redocly(given);
  const { problems } = JSON.parse(await readFile(report, "utf8"));
  const { totals } = JSON.parse(await readFile(coverage, "utf8"));
  return { exitCode, problems, covered: totals };
}
