import { createMemoryClient } from "@memory-api/client";
import type { Check, CheckContext, CheckResult, SuiteSettings } from "./check.ts";
import { abortChecks } from "./checks/aborts.ts";
import { bulkChecks } from "./checks/bulk.ts";
import { failureChecks } from "./checks/failures.ts";
import { importChecks } from "./checks/imports.ts";
import { listChecks } from "./checks/lists.ts";
import { mergedProfileChecks } from "./checks/merged-profiles.ts";
import { profileChecks } from "./checks/profiles.ts";
import { retryChecks } from "./checks/retries.ts";
import { secretChecks } from "./checks/secrets.ts";
import { uploadChecks } from "./checks/uploads.ts";

/** A check that takes longer fails. */
const TIMEOUT_MS = 20_000;

const checks: readonly Check[] = [
  ...profileChecks,
  ...listChecks,
  ...mergedProfileChecks,
  ...failureChecks,
  ...retryChecks,
  ...abortChecks,
  ...bulkChecks,
  ...importChecks,
  ...uploadChecks,
  ...secretChecks,
];

/** Names of the checks, in order. */
export const checkNames: readonly string[] = checks.map(({ name }) => name);

/** Checks the client against a sandbox. Works in every runtime, because it needs neither a test framework nor Node.js. */
export async function runCoreSuite(settings: SuiteSettings): Promise<CheckResult[]> {
  const { credentials, baseUrl } = settings;
  const context: CheckContext = {
    settings,
    memory: (options) => createMemoryClient({ credentials, baseUrl, ...options }),
  };
  const results: CheckResult[] = [];
  for (const check of checks) results.push(await resultOf(check, context));
  return results;
}

async function resultOf({ name, run }: Check, context: CheckContext): Promise<CheckResult> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`timed out after ${TIMEOUT_MS} ms`)), TIMEOUT_MS);
  });
  try {
    await Promise.race([run(context), timeout]);
    return { name, ok: true };
  } catch (error) {
    return { name, ok: false, error: error instanceof Error ? `${error.message}\n${error.stack}` : String(error) };
  } finally {
    clearTimeout(timer);
  }
}
