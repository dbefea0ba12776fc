import type { OperationId } from "@memory-api/types";

/** How much of the contract a run sent and received. The same requests and responses result in the same coverage. */
export interface Coverage {
  /** Rounded down to one decimal. */
  readonly percent: number;
  readonly covered: number;
  readonly total: number;
  readonly operations: readonly OperationCoverage[];
  /** The documented responses that were not received. */
  readonly notProvoked: readonly NotProvoked[];
}

export interface OperationCoverage {
  readonly operationId: OperationId;
  readonly requests: number;
  readonly responses: readonly ResponseCoverage[];
  readonly mediaTypes: readonly (Sides & { readonly mediaType: string })[];
  readonly parameters: readonly (Sides & { readonly name: string; readonly in: string })[];
  /** Keywords of the schema of a JSON body, by their JSON pointer into the contract. */
  readonly keywords: readonly (Sides & { readonly keyword: string; readonly pointer: string })[];
}

export interface ResponseCoverage {
  readonly status: string;
  /** Absent if the response has no body. */
  readonly mediaType?: string;
  readonly count: number;
}

/**
 * How many requests had a value that follows a rule, and how many had one that breaks it. A request that was rejected before its
 * values are checked does not count.
 */
export interface Sides {
  readonly valid: number;
  readonly invalid: number;
}

export interface NotProvoked {
  readonly operationId: OperationId;
  readonly status: string;
  readonly mediaType?: string;
  /** What the response requires, as a noun phrase. */
  readonly provokedBy: string;
}

/** Counts what is covered: each response, and both sides of each rule. */
export function summarize(
  operations: readonly OperationCoverage[],
): Pick<Coverage, "percent" | "covered" | "total" | "operations"> {
  const counts = operations.flatMap(({ responses, mediaTypes, parameters, keywords }) => [
    ...responses.map(({ count }) => count),
    ...[...mediaTypes, ...parameters, ...keywords].flatMap(({ valid, invalid }) => [valid, invalid]),
  ]);
  const covered = counts.filter((each) => each > 0).length;
  const total = counts.length;
  return { percent: total === 0 ? 0 : Math.floor((covered / total) * 1000) / 10, covered, total, operations };
}
