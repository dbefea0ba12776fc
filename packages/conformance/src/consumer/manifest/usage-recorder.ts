import type { OperationId } from "@memory-api/types";
import { deepest, type OperationUsage, sorted, type UsageManifest } from "./usage-manifest.ts";

interface RecordedResponse {
  readonly headers: Set<string>;
  readonly reads: Set<string>;
  /** Bodies that were read as text and not parsed since. */
  unparsedTexts: number;
}

interface RecordedOperation {
  readonly parameters: Set<string>;
  readonly requestBody: Set<string>;
  readonly responses: Map<number, RecordedResponse>;
}

/** Collects what a consumer sends and reads. */
export class UsageRecorder {
  readonly #operations = new Map<OperationId, RecordedOperation>();

  operation(id: OperationId): RecordedOperation {
    const known = this.#operations.get(id);
    if (known !== undefined) return known;
    const added = { parameters: new Set<string>(), requestBody: new Set<string>(), responses: new Map() };
    this.#operations.set(id, added);
    return added;
  }

  response(id: OperationId, status: number): RecordedResponse {
    const { responses } = this.operation(id);
    const known = responses.get(status);
    if (known !== undefined) return known;
    const added = { headers: new Set<string>(), reads: new Set<string>(), unparsedTexts: 0 };
    responses.set(status, added);
    return added;
  }

  manifest(contractVersion: string): UsageManifest {
    const operations = [...this.#operations]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([id, recorded]) => [id, usageOf(recorded)]);
    return { manifest: 1, contractVersion, operations: Object.fromEntries(operations) };
  }
}

function usageOf({ parameters, requestBody, responses }: RecordedOperation): OperationUsage {
  const byStatus = [...responses]
    .sort(([one], [other]) => one - other)
    .map(([status, { headers, reads, unparsedTexts }]) => [
      status,
      { headers: sorted(headers), reads: deepest(reads), ...(unparsedTexts > 0 && { readsText: true }) },
    ]);
  return {
    parameters: sorted(parameters),
    requestBody: deepest(requestBody),
    responses: Object.fromEntries(byStatus),
  };
}
