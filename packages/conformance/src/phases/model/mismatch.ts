import type { Violation } from "../../findings/finding.ts";
import type { Exchange } from "../../http/exchange.ts";

/** The implementation does not do what the model does. */
export class Mismatch extends Error {
  override readonly name = "Mismatch";
  readonly violation: Violation;
  /** What led to it: all writes, and the exchange that shows it. */
  exchanges: readonly Exchange[] = [];

  constructor(violation: Violation) {
    super(`${violation.code}: expected ${violation.expected}, received ${violation.received}`);
    this.violation = violation;
  }
}

/** All requests that may have changed something, and the last exchange. */
export function relevant(exchanges: readonly Exchange[]): Exchange[] {
  const last = exchanges.length - 1;
  return exchanges.filter(({ request }, at) => request.method !== "GET" || at === last);
}
