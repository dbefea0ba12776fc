import { MockError } from "./mock-error.ts";

/** Selects one of the documented responses. */
export interface Answer {
  /**
   * A status that the operation documents.
   *
   * @default the lowest 2xx status of the operation
   */
  status?: number;
  /**
   * Name of an example of that status, as spelled in the contract.
   *
   * @default the first example of the status
   */
  example?: string;
}

/** Names of a document's examples by status, across all operations. */
export type KnownAnswers = Readonly<Record<string, readonly string[]>>;

/**
 * Returns the header that selects a response in Prism, or no header for `{}`.
 *
 * @throws {MockError} `ANSWER_UNKNOWN` if no operation documents the response. Prism would return its own 404 or 500.
 */
export function preferHeader({ status, example }: Answer, known: KnownAnswers): Record<string, string> {
  if (status !== undefined && known[status] === undefined) {
    throw unknown(`status ${status}`, "statuses", Object.keys(known));
  }
  const names = namesOf(status, known);
  if (example !== undefined && !names.includes(example)) {
    throw unknown(`the example ${example} for ${status ?? "a 2xx status"}`, "examples", names);
  }
  const preferences: string[] = [];
  if (status !== undefined) preferences.push(`code=${status}`);
  if (example !== undefined) preferences.push(`example=${example}`);
  return preferences.length > 0 ? { Prefer: preferences.join(", ") } : {};
}

function namesOf(status: number | undefined, known: KnownAnswers): string[] {
  const statuses = Object.keys(known).filter((each) =>
    status === undefined ? each.startsWith("2") : each === `${status}`,
  );
  return [...new Set(statuses.flatMap((each) => known[each] ?? []))];
}

function unknown(requested: string, kind: "statuses" | "examples", available: string[]): MockError {
  return new MockError(
    "ANSWER_UNKNOWN",
    `No operation documents ${requested}. Available ${kind}: ${available.join(", ") || "none"}.`,
  );
}
