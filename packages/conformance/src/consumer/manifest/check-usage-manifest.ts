import { writeFile } from "node:fs/promises";
import { readUsageManifest, type UsageManifest } from "./usage-manifest.ts";

/**
 * What happens to a manifest after the tests: `check` fails if the file is not up to date, `update` writes it. `off` does neither; use it to
 * run only some of the tests.
 */
export type UsageMode = "check" | "update" | "off";

const MODES: readonly string[] = ["check", "update", "off"] satisfies UsageMode[];

/**
 * The usage manifest in a file is missing, or differs from what the tests observed.
 *
 * @example
 * const usage = createUsage();
 * try {
 *   await checkUsageManifest("other-usage.json", usage.manifest());
 * } catch (error) {
 *   if (error instanceof StaleUsageManifestError) console.log(error.missing);
 * }
 * usage.close();
 */
export class StaleUsageManifestError extends Error {
  override readonly name = "StaleUsageManifestError";
  /** What the tests observed and the file does not contain, one fact per item. */
  readonly missing: readonly string[];
  /** What the file contains and the tests did not observe, one fact per item. */
  readonly unused: readonly string[];

  constructor(message: string, missing: readonly string[], unused: readonly string[]) {
    super(message);
    this.missing = missing;
    this.unused = unused;
  }
}

/**
 * Compares a usage manifest with its file, or writes the file.
 *
 * @param mode by default, the environment variable `MEMORY_USAGE`, or else `check`
 * @throws {StaleUsageManifestError} if the file is missing or differs. Its format does not matter.
 * @throws {InvalidUsageManifestError} if the file is not a usage manifest
 * @throws {TypeError} if `MEMORY_USAGE` is not a mode
 * @example
 * const usage = createUsage();
 * await checkUsageManifest("memory-usage.json", usage.manifest(), "update");
 * await checkUsageManifest("memory-usage.json", usage.manifest()); // passes
 * usage.close();
 */
export async function checkUsageManifest(
  path: string | URL,
  manifest: UsageManifest,
  mode: UsageMode = modeOfEnvironment(),
): Promise<void> {
  if (mode === "off") return;
  // In `update`, an invalid file is replaced, as a lock file with merge conflicts would be.
  const checkedIn = await readUsageManifest(path).catch((error: unknown) => {
    if (mode === "update" || Object(error).code === "ENOENT") return undefined;
    throw error;
  });
  const observed = factsOf(manifest);
  const recorded = checkedIn === undefined ? [] : factsOf(checkedIn);
  const missing = observed.filter((fact) => !recorded.includes(fact));
  const unused = recorded.filter((fact) => !observed.includes(fact));
  if (checkedIn !== undefined && missing.length + unused.length === 0) return;
  if (mode === "update") return writeFile(path, `${JSON.stringify(manifest, null, 2)}\n`);

  const problem = checkedIn === undefined ? "does not exist" : "is not up to date with what the tests send and read";
  const lines = [...missing.map((fact) => `  + ${fact}`), ...unused.map((fact) => `  - ${fact}`)];
  throw new StaleUsageManifestError(
    `The usage manifest ${path} ${problem}:\n\n${lines.join("\n")}\n
Run all tests with MEMORY_USAGE=update, and commit the file. To run only some of the tests, set MEMORY_USAGE=off.`,
    missing,
    unused,
  );
}

function modeOfEnvironment(): UsageMode {
  // CI systems set a variable that has no value to an empty text.
  const mode = process.env["MEMORY_USAGE"] || "check";
  if (isMode(mode)) return mode;
  throw new TypeError(`MEMORY_USAGE must be one of ${MODES.join(", ")}, not ${mode}.`);
}

function isMode(mode: string): mode is UsageMode {
  return MODES.includes(mode);
}

/** One line for each fact of a manifest. */
function factsOf({ contractVersion, operations }: UsageManifest): string[] {
  const facts = Object.entries(operations).flatMap(([id, { parameters, requestBody, responses }]) => [
    id,
    ...parameters.map((name) => `${id} sends ${name}`),
    ...requestBody.map((pointer) => `${id} sends body${pointer}`),
    ...Object.entries(responses).flatMap(([status, { headers, reads, readsText }]) => [
      `${id} receives ${status}`,
      ...headers.map((name) => `${id} reads ${status} header/${name}`),
      ...reads.map((pointer) => `${id} reads ${status} body${pointer}`),
      ...(readsText ? [`${id} reads ${status} as text`] : []),
    ]),
  ]);
  return [`contract ${contractVersion}`, ...facts];
}
