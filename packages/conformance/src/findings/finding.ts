import type { OperationId } from "@memory-api/types";
import type { Exchange } from "../http/exchange.ts";

/** `error`: the contract is broken. `warning`: clients will probably have a problem. */
export type Severity = "error" | "warning";

/** Who most likely has to change something. */
export type Blame = "implementation" | "contract" | "environment";

/** The text that a response is held against. */
export type Source =
  /** A JSON pointer into the contract. */
  | { readonly kind: "contract"; readonly pointer: string }
  /** A section of a standard, such as `RFC 9110, section 15.5.6`. */
  | { readonly kind: "standard"; readonly section: string };

/** What a check observed. A scenario reports it. */
export interface Violation {
  /** The code of a check. */
  readonly code: string;
  /** The operation that behaved wrongly; absent if it is not one of the contract's. */
  readonly operationId?: OperationId;
  /** The part of the operation that it concerns, such as a parameter. Each part has its own finding. */
  readonly subject?: string;
  readonly expected: string;
  readonly received: string;
  readonly source: Source;
}

/** A violation that was seen again when its scenario was repeated. */
export interface Finding extends Violation {
  readonly severity: Severity;
  readonly blame: Blame;
  readonly title: string;
  /** Repeats the scenario: `--seed`, `--run-id` and `--only`. */
  readonly repeat: { readonly seed: number; readonly runId: string; readonly scenario: string };
  /** The smallest known sequence that shows it. The last one is the exchange that broke the contract. */
  readonly exchanges: readonly Exchange[];
  /** How many scenarios reported the same code for the same operation. */
  readonly occurrences: number;
}

/** A violation that did not occur again. */
export interface FlakyNote extends Violation {
  readonly scenario: string;
}
