import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { scriptOf } from "./script-of.ts";
import type { StartedServer } from "./start-server.ts";

/** A finding in the report of the conformance kit. */
export interface KitFinding {
  code: string;
  operationId?: string;
  title: string;
  expected: string;
  received: string;
  curl: string;
  repeat: { seed: number; runId: string; scenario: string };
}

export interface KitReport {
  contractVersion: string;
  scenarios: number;
  requests: number;
  findings: KitFinding[];
  /** `2` if the server could not be tested. */
  verdict: { exitCode: 0 | 1 | 2; reasons: string[] };
}

/**
 * Runs a conformance kit against a server.
 *
 * @param folder folder of the package `@memory-api/conformance`
 * @param options more options of `memory-conformance`
 * @throws {Error} with its output, if it writes no report
 */
export async function runKit(folder: string, server: StartedServer, options: readonly string[]): Promise<KitReport> {
  const [account, other] = server.accounts;
  const output = await mkdtemp(join(tmpdir(), "behavior-kit-"));
  const reportFile = join(output, "report.json");
  const stores = ["--store", account.storeId, "--other-store", other.storeId];
  const target = [server.url, ...stores, "--sandbox", "--immediate", "--reporter", `json=${reportFile}`];
  const child = spawn(process.execPath, [await scriptOf(folder, "memory-conformance"), ...target, ...options], {
    stdio: ["ignore", "ignore", "pipe"],
    env: {
      ...process.env,
      MEMORY_USER: account.username,
      MEMORY_PASSWORD: account.password,
      MEMORY_OTHER_USER: other.username,
      MEMORY_OTHER_PASSWORD: other.password,
    },
  });
  let errors = "";
  child.stderr.on("data", (chunk) => {
    errors += chunk;
  });
  await new Promise((resolve) => child.once("close", resolve));
  const text = await readFile(reportFile, "utf8").catch(() => "");
  await rm(output, { recursive: true });
  if (text === "") throw new Error(`The conformance kit in ${folder} wrote no report:\n${errors}`);
  const report: KitReport & { format: unknown } = JSON.parse(text);
  if (report.format !== 1) throw new Error(`The format ${report.format} of a conformance report is not supported.`);
  return report;
}
