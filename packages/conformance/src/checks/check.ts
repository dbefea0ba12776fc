import type { Blame, Severity } from "../findings/finding.ts";

/** One rule that an implementation must follow. `explain` prints it. */
export interface Check {
  /** Stable, in kebab-case. */
  readonly code: string;
  /** A short sentence that says what is wrong. */
  readonly title: string;
  readonly severity: Severity;
  readonly blame: Blame;
  /** Why it matters to a client, and how to fix it. Paragraphs are separated by an empty line. */
  readonly explanation: string;
}

/** Creates a check that blames the implementation with an error. */
export function check(code: string, title: string, explanation: string, other: Partial<Check> = {}): Check {
  return { code, title, severity: "error", blame: "implementation", explanation, ...other };
}
