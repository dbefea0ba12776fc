import { MockError } from "./mock-error.ts";

/** Which of the documented answers the mock shall give. */
export interface Answer {
  /**
   * A status that the operation documents.
   *
   * @default the lowest 2xx of the operation
   */
  status?: number;
  /**
   * Name of an example of that status, as the contract spells it.
   *
   * @default the first example of the status
   */
  example?: string;
}

/** Names of the examples of a document by status, over all its operations. */
export type KnownAnswers = Readonly<Record<string, readonly string[]>>;

/**
 * The header that asks Prism for an answer; none where the answer says nothing.
 *
 * @throws {MockError} `ANSWER_UNKNOWN` if no operation has it, for which Prism would answer a 404 or 500 of its own
 */
export function preferHeader({ status, example }: Answer, known: KnownAnswers): Record<string, string> {
  if (status !== undefined && known[status] === undefined) {
    throw unknown(`status ${status}`, "The statuses are", Object.keys(known));
  }
  const names = namesOf(status, known);
  if (example !== undefined && !names.includes(example)) {
    throw unknown(`example ${example} of ${status ?? "a 2xx"}`, "The examples are", names);
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

function unknown(what: string, introduction: string, known: string[]): MockError {
  return new MockError(
    "ANSWER_UNKNOWN",
    `No operation has the ${what}. ${introduction}: ${known.join(", ") || "none"}.`,
  );
}
