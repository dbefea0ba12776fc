import { checkUsageManifest, type UsageMode } from "./manifest/check-usage-manifest.ts";
import { createUsage, type Usage, type UsageOptions } from "./usage.ts";

/** Registers a function that runs after each test, or after all of them. */
type Hook = (run: (context?: unknown) => void | Promise<void>) => unknown;

/** How the requests and responses of a test file are checked, and where its manifest is. */
export interface SetupUsageOptions extends UsageOptions {
  /** Path of the manifest, relative to the working directory. */
  readonly manifest: string | URL;
  /** `afterEach` of Vitest, `node:test` or Jest. */
  readonly afterEach: Hook;
  /** `afterAll` of Vitest or Jest, or `after` of `node:test`. */
  readonly afterAll: Hook;
  /**
   * What happens to the manifest after the tests.
   *
   * @default the environment variable `MEMORY_USAGE`, or else "check"
   */
  readonly mode?: UsageMode;
  /**
   * As in {@link UsageOptions}.
   *
   * @default "collect", so that the code under test behaves as it does without this package: a client would retry a `fetch` that throws
   */
  readonly onFinding?: "throw" | "collect";
}

/**
 * Checks the requests and responses of a test file against the contract. A test fails if one of them does not match. After the tests, the
 * manifest is compared with its file, or written with `MEMORY_USAGE=update`. If a test fails, the manifest is neither compared nor written,
 * because it is incomplete.
 *
 * @example
 * import { afterAll, afterEach, it } from "vitest";
 *
 * const usage = setupUsage({ manifest: "memory-usage.json", afterEach, afterAll });
 *
 * it("lists profiles", async () => {
 *   const memory = createMemoryClient({ ...sandbox.clientOptions, fetch: usage.wrap(sandbox.fetch) });
 *   await memory.operations.listProfiles({ path: { storeId } });
 * });
 */
export function setupUsage(options: SetupUsageOptions): Pick<Usage, "wrap" | "findings"> {
  const { manifest, afterEach, afterAll, mode, onFinding = "collect", ...others } = options;
  const usage = createUsage({ ...others, onFinding });
  let hasFailedTest = false;
  afterEach((context) => {
    const hasFailedNow = hasFailed(context);
    hasFailedTest ||= hasFailedNow;
    try {
      usage.assertNoFindings();
    } catch (error) {
      if (hasFailedNow) printInNodeTest(context, error);
      throw error;
    }
  });
  afterAll(async () => {
    usage.close();
    // Work that a test did not wait for.
    usage.assertNoFindings();
    if (hasFailedTest || usage.findings.length > 0) return;
    await checkUsageManifest(manifest, usage.manifest(), mode);
  });
  return usage;
}

/** Reads the outcome of a test from the context of Vitest or `node:test`. Jest passes none. */
function hasFailed(context: unknown): boolean {
  const { task, error } = Object(context);
  return Object(task).result?.state === "fail" || (error !== undefined && error !== null);
}

/**
 * `node:test` shows the error of a hook only if the test itself passed. A test often fails because of what was found, such as a request that
 * is rejected, and the finding tells more.
 */
function printInNodeTest(context: unknown, error: unknown): void {
  const { diagnostic } = Object(context);
  if (typeof diagnostic === "function") diagnostic.call(context, String(error));
}
