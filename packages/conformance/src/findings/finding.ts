import type { OperationId } from "@memory-api/types";
import type { Exchange } from "../http/exchange.ts";
import type { ExpectedFailure } from "./expected-failures.ts";
import type { Person } from "./people.ts";

/** `error`: violates the contract. `warning`: will probably cause problems for clients. */
export type Severity = "error" | "warning";

/** Who most likely has to change something. */
export type Blame = "implementation" | "contract" | "environment" | "consumer";

/** The text that states what a response must be. */
export type Source =
  /** A JSON pointer into the contract. */
  | { readonly kind: "contract"; readonly pointer: string }
  /** A section of a standard, such as `RFC 9110, section 15.5.6`. */
  | { readonly kind: "standard"; readonly section: string };

/** What a check observed. A scenario reports it. */
export interface Violation {
  /** The code of a check. */
  readonly code: string;
  /** The operation that behaved incorrectly. Absent if the request matches no operation of the contract. */
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
  /** The values of `--seed`, `--run-id` and `--only` that repeat the scenario. */
  readonly repeat: { readonly seed: number; readonly runId: string; readonly scenario: string };
  /** The smallest known sequence that reproduces it, without credentials. The last exchange violates the contract. */
  readonly exchanges: readonly Exchange[];
  /** People whose identifiers the exchanges contain. `toCurl` replaces these identifiers, so that it writes to new profiles. */
  readonly people: readonly Person[];
  /** How many scenarios reported the same code for the same operation. */
  readonly occurrences: number;
  /** The line of `openapi.yaml` of `@memory-api/spec` that the source names, from 1. */
  readonly line?: number;
  /** The entry that accepts it. Such a finding does not fail the run. */
  readonly expectedFailure?: ExpectedFailure;
}

/** A violation that did not occur again. */
export interface FlakyNote extends Violation {
  readonly scenario: string;
}
