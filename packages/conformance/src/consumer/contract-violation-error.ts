import type { Finding } from "../findings/finding.ts";
import type { HttpRequest, HttpResponse } from "../http/exchange.ts";

/** A request or response that does not match the contract, or a property that a consumer reads although the contract does not have it. */
export interface ConsumerFinding extends Omit<Finding, "repeat" | "exchanges" | "people"> {
  /** Without credentials. */
  readonly request: HttpRequest;
  /** Absent if the request itself is wrong. */
  readonly response?: HttpResponse;
}

/**
 * A request of a consumer, a read of a property, or a response does not match the contract. The message describes each finding: its code,
 * what was expected, what was received, the line of the contract, and a curl command that reproduces it.
 *
 * @example
 * const usage = createUsage({ onFinding: "collect" });
 * const url = `${sandbox.url}/v1/Stores/${storeId}/Profiles?pagesize=10`;
 * await usage.wrap(sandbox.fetch)(url, { headers: { Authorization: `Basic ${btoa(`${apiKey}:${apiSecret}`)}` } });
 * try {
 *   usage.assertNoFindings();
 * } catch (error) {
 *   if (error instanceof ContractViolationError) console.log(error.findings[0]?.code); // unknown-query-parameter
 * }
 * usage.close();
 */
export class ContractViolationError extends Error {
  override readonly name = "ContractViolationError";
  readonly #findings: readonly ConsumerFinding[];

  constructor(message: string, findings: readonly ConsumerFinding[]) {
    super(message);
    this.#findings = findings;
  }

  /** Not an own property, since test runners print those, and the message says it all. */
  get findings(): readonly ConsumerFinding[] {
    return this.#findings;
  }
}
