import type { OperationId } from "@memory-api/types";
import type { Fault } from "./fault.ts";

/** A fault, and the requests to which it applies. */
export interface PlannedFault {
  /** @default every operation */
  readonly operationId?: OperationId;
  /** @default every method */
  readonly method?: string;
  /**
   * Number of requests after which the fault is removed from the plan.
   *
   * @default no limit
   */
  readonly times?: number;
  /**
   * Probability that the fault fires for a request that matches, from 0 to 1.
   *
   * @default 1
   */
  readonly probability?: number;
  readonly fault: Fault;
}

export interface FiredFault {
  /** In UTC, such as `2026-01-01T00:00:00.000Z`. */
  readonly time: string;
  readonly operationId: OperationId;
  readonly fault: Fault;
}

/** The properties of a request that faults can match. */
export interface FaultTarget {
  readonly operationId: OperationId;
  readonly method: string;
}

/** Number of faults in the list of those that fired. Older ones are dropped. */
const MAX_FIRED = 1000;

/** The planned faults, and those that fired. */
export class Faults {
  readonly #now: () => number;
  readonly #fraction: () => number;
  #plan: readonly PlannedFault[] = [];
  #fired: FiredFault[] = [];

  /**
   * @param now milliseconds since 1970
   * @param fraction returns a random number from 0 to 1
   */
  constructor(now: () => number, fraction: () => number) {
    this.#now = now;
    this.#fraction = fraction;
  }

  /** Returns the faults that can still fire. `times` is the remaining number. */
  plan(): readonly PlannedFault[] {
    return this.#plan;
  }

  /** Replaces the plan. If several faults match a request, the first one that fires applies. */
  setPlan(plan: readonly PlannedFault[]): void {
    this.#plan = plan.filter(isLeft);
  }

  fired(): readonly FiredFault[] {
    return this.#fired;
  }

  /** Clears the plan and the list of faults that fired. */
  clear(): void {
    this.#plan = [];
    this.#fired = [];
  }

  /** Returns the planned fault that fires for this request, if any, and adds it to the list. */
  next(target: FaultTarget): Fault | undefined {
    const planned = this.#plan.find((each) => matches(each, target) && this.#fraction() < (each.probability ?? 1));
    if (planned === undefined) return undefined;
    if (planned.times !== undefined) {
      const remaining = { ...planned, times: planned.times - 1 };
      this.#plan = this.#plan.map((each) => (each === planned ? remaining : each)).filter(isLeft);
    }
    this.record(target, planned.fault);
    return planned.fault;
  }

  /** Adds a fault to the list of those that fired. */
  record({ operationId }: FaultTarget, fault: Fault): void {
    this.#fired = [
      ...this.#fired.slice(1 - MAX_FIRED),
      { time: new Date(this.#now()).toISOString(), operationId, fault },
    ];
  }
}

function matches({ operationId, method }: PlannedFault, target: FaultTarget): boolean {
  return (
    (operationId === undefined || operationId === target.operationId) &&
    (method === undefined || method === target.method)
  );
}

function isLeft({ times }: PlannedFault): boolean {
  return times === undefined || times > 0;
}
