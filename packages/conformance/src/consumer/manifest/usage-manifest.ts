import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";

/** What a consumer sends and reads, as its tests observed it. Contains names of the contract only, no values. */
export interface UsageManifest {
  /** Version of the format. */
  readonly manifest: 1;
  /** Version of the contract that the requests and responses were checked against. */
  readonly contractVersion: string;
  /** By operation ID. Operations that the consumer does not call are absent. */
  readonly operations: Readonly<Record<string, OperationUsage>>;
}

/** What a consumer sends to an operation, and what it reads of its responses. */
export interface OperationUsage {
  /** Parameters that it sends, such as `query/pageSize`. */
  readonly parameters: readonly string[];
  /** JSON pointers of the properties that it sends. `*` stands for an array index, and for a name that the contract leaves to the consumer. */
  readonly requestBody: readonly string[];
  /** By status. Statuses that it did not receive are absent. */
  readonly responses: Readonly<Record<string, ResponseUsage>>;
}

/** What a consumer reads of the responses with one status. */
export interface ResponseUsage {
  /** Documented headers. */
  readonly headers: readonly string[];
  /** JSON pointers of the properties that it reads, with `*` as in `requestBody`. */
  readonly reads: readonly string[];
  /** Whether it also reads the body in a way that was not observed, so that any property may matter. */
  readonly readsText?: true;
}

/**
 * A usage manifest is invalid.
 *
 * @example
 * try {
 *   parseUsageManifest("{}");
 * } catch (error) {
 *   if (error instanceof InvalidUsageManifestError) console.log(error.message);
 * }
 */
export class InvalidUsageManifestError extends Error {
  override readonly name = "InvalidUsageManifestError";
}

let validator: ValidateFunction<UsageManifest> | undefined;

/**
 * Parses the text of a usage manifest.
 *
 * @throws {InvalidUsageManifestError} naming the first place that does not match `usage-manifest.schema.json`
 * @example
 * const { operations } = parseUsageManifest('{ "manifest": 1, "contractVersion": "1.0.0", "operations": {} }');
 * console.log(Object.keys(operations)); // []
 */
export function parseUsageManifest(text: string): UsageManifest {
  validator ??= compileSchema();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InvalidUsageManifestError("The usage manifest is not valid JSON.", { cause });
  }
  if (validator(value)) return value;
  const [error] = validator.errors ?? [];
  throw new InvalidUsageManifestError(
    `The usage manifest is invalid: ${error?.instancePath || "the document"} ${error?.message}.`,
  );
}

/**
 * Reads a usage manifest from a file.
 *
 * @throws {InvalidUsageManifestError} naming the file
 * @throws {Error} with the code `ENOENT` if there is no such file
 * @example
 * import { writeFile } from "node:fs/promises";
 * await writeFile("memory-usage.json", '{ "manifest": 1, "contractVersion": "1.0.0", "operations": {} }');
 * const { contractVersion } = await readUsageManifest("memory-usage.json");
 * console.log(contractVersion);
 */
export async function readUsageManifest(path: string | URL): Promise<UsageManifest> {
  const text = await readFile(path, "utf8");
  try {
    return parseUsageManifest(text);
  } catch (error) {
    if (!(error instanceof InvalidUsageManifestError)) throw error;
    throw new InvalidUsageManifestError(`${path}: ${error.message}`, { cause: error });
  }
}

/**
 * Combines the manifests of several test files, whose tests run in separate processes.
 *
 * @throws {InvalidUsageManifestError} if they were written for different versions of the contract, or if the list is empty
 * @example
 * const usage = createUsage();
 * const merged = mergeUsageManifests([usage.manifest(), usage.manifest()]);
 * console.log(merged.contractVersion);
 * usage.close();
 */
export function mergeUsageManifests(manifests: readonly UsageManifest[]): UsageManifest {
  const versions = [...new Set(manifests.map(({ contractVersion }) => contractVersion))];
  const [contractVersion] = versions;
  if (contractVersion === undefined || versions.length > 1) {
    throw new InvalidUsageManifestError(
      `Usage manifests of one contract version are expected, not of: ${versions.join(", ")}.`,
    );
  }
  const operations = mergeRecords(
    manifests.map(({ operations }) => operations),
    mergeOperations,
  );
  return { manifest: 1, contractVersion, operations };
}

function mergeOperations(one: OperationUsage, other: OperationUsage): OperationUsage {
  return {
    parameters: sorted([...one.parameters, ...other.parameters]),
    requestBody: deepest([...one.requestBody, ...other.requestBody]),
    responses: mergeRecords([one.responses, other.responses], mergeResponses),
  };
}

function mergeResponses(one: ResponseUsage, other: ResponseUsage): ResponseUsage {
  return {
    headers: sorted([...one.headers, ...other.headers]),
    reads: deepest([...one.reads, ...other.reads]),
    ...((one.readsText || other.readsText) && { readsText: true }),
  };
}

function mergeRecords<Value>(
  records: readonly Readonly<Record<string, Value>>[],
  merge: (one: Value, other: Value) => Value,
): Record<string, Value> {
  const merged = new Map<string, Value>();
  for (const [name, value] of records.flatMap((record) => Object.entries(record))) {
    const known = merged.get(name);
    merged.set(name, known === undefined ? value : merge(known, value));
  }
  return Object.fromEntries(sorted(merged.keys()).flatMap((name) => [...merged].filter(([other]) => other === name)));
}

/** Returns names without repetition, in the order of their code units, which is the same everywhere. */
export function sorted(names: Iterable<string>): string[] {
  return [...new Set(names)].sort();
}

/** Returns pointers in order, without those that another one begins with, and without the root. */
export function deepest(pointers: Iterable<string>): string[] {
  const all = sorted(pointers);
  return all.filter((pointer) => pointer !== "" && !all.some((other) => other.startsWith(`${pointer}/`)));
}

function compileSchema(): ValidateFunction<UsageManifest> {
  const schema = JSON.parse(readFileSync(new URL("../../../usage-manifest.schema.json", import.meta.url), "utf8"));
  return new Ajv2020({ strict: true, strictTypes: false }).compile<UsageManifest>(schema);
}
