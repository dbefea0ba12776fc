import { readFile } from "node:fs/promises";
import { isNode } from "../rating/contract-nodes.ts";

/** What the tests of a consumer observed that it sends and reads. The conformance kit writes it. */
export interface UsageManifest {
  contractVersion: string;
  /** By operation ID. Operations that the consumer does not call are absent. */
  operations: Record<string, OperationUsage>;
}

export interface OperationUsage {
  /** Such as `query/pageSize`. */
  parameters: readonly string[];
  /** JSON pointers of the properties that it sends, with `*` for an array index and for a name of its own choice. */
  requestBody: readonly string[];
  /** By status. Statuses that it did not receive are absent. */
  responses: Record<string, ResponseUsage>;
}

interface ResponseUsage {
  headers: readonly string[];
  /** JSON pointers, as in `requestBody`. */
  reads: readonly string[];
  /** Whether it may read any property. */
  readsText: boolean;
}

/**
 * Reads a usage manifest.
 *
 * @throws {Error} naming the file and the first place that is invalid
 */
export async function readUsageManifest(path: string): Promise<UsageManifest> {
  const text = await readFile(path, "utf8").catch(() => fail(path, "cannot be read"));
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return fail(path, "is not valid JSON");
  }
  if (!isNode(document) || document["manifest"] !== 1) return fail(path, "is not a usage manifest of version 1");
  const { contractVersion, operations } = document;
  if (typeof contractVersion !== "string") return fail(path, "has no `contractVersion`");
  return { contractVersion, operations: mapValues(operations, (value, id) => operationUsage(value, `${path}: ${id}`)) };
}

function operationUsage(value: unknown, place: string): OperationUsage {
  if (!isNode(value)) return fail(place, "is not an object");
  const responses = mapValues(value["responses"], (response, status): ResponseUsage => {
    if (!isNode(response)) return fail(`${place}/responses/${status}`, "is not an object");
    const { headers, reads, readsText } = response;
    return {
      headers: strings(headers, `${place}/responses/${status}/headers`),
      reads: strings(reads, `${place}/responses/${status}/reads`),
      readsText: readsText === true,
    };
  });
  return {
    parameters: strings(value["parameters"], `${place}/parameters`),
    requestBody: strings(value["requestBody"], `${place}/requestBody`),
    responses,
  };
}

function mapValues<Value>(node: unknown, convert: (value: unknown, key: string) => Value): Record<string, Value> {
  return Object.fromEntries(Object.entries(Object(node)).map(([key, value]) => [key, convert(value, key)]));
}

function strings(value: unknown, place: string): string[] {
  if (Array.isArray(value) && value.every((item) => typeof item === "string")) return value;
  return fail(place, "is not a list of strings");
}

function fail(place: string, problem: string): never {
  throw new Error(
    `${place} ${problem}. To write it again, run the tests of the consumer with MEMORY_USAGE=update and a current @memory-api/conformance.`,
  );
}
