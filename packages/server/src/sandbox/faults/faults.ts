import type { OperationId } from "@memory-api/types";
import type { Fault } from "./fault.ts";

/** A fault, and the requests that it befalls. */
export interface PlannedFault {
  /** @default every operation */
  readonly operationId?: OperationId;
  /** @default every method */
  readonly method?: string;
  /**
   * How often it fires.
   *
   * @default for ever
   */
  readonly times?: number;
  /**
   * How likely it is to befall a request, 0 to 1.
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

/** A request, as far as faults tell them apart. */
export interface FaultTarget {
  readonly operationId: OperationId;
  readonly method: string;
}

/** The oldest firings go beyond this many. */
const MAX_FIRED = 1000;

/** Which faults befall which requests, and which did. */
export class Faults {
  readonly #now: () => number;
  readonly #fraction: () => number;
  #plan: readonly PlannedFault[] = [];
  #fired: FiredFault[] = [];

  /**
   * @param now milliseconds since 1970
   * @param fraction a random number from 0 to 1
   */
  constructor(now: () => number, fraction: () => number) {
    this.#now = now;
    this.#fraction = fraction;
  }

  /** What is still to come: one that fires a number of times says how many are left. */
  plan(): readonly PlannedFault[] {
    return this.#plan;
  }

  /** Replaces the plan. Of several faults that fit a request the first one that fires is its fault. */
  setPlan(plan: readonly PlannedFault[]): void {
    this.#plan = plan.filter(isLeft);
  }

  fired(): readonly FiredFault[] {
    return this.#fired;
  }

  /** Forgets the plan and what fired. */
  clear(): void {
    this.#plan = [];
    this.#fired = [];
  }

  /** The fault that the plan has for this request, if any, which counts as fired. */
  next(target: FaultTarget): Fault | undefined {
    const planned = this.#plan.find((each) => fits(each, target) && this.#fraction() < (each.probability ?? 1));
    if (planned === undefined) return undefined;
    if (planned.times !== undefined) {
      const spent = { ...planned, times: planned.times - 1 };
      this.#plan = this.#plan.map((each) => (each === planned ? spent : each)).filter(isLeft);
    }
    this.record(target, planned.fault);
    return planned.fault;
  }

  /** Lists a fault that fired without having been planned. */
  record({ operationId }: FaultTarget, fault: Fault): void {
    this.#fired = [
      ...this.#fired.slice(1 - MAX_FIRED),
      { time: new Date(this.#now()).toISOString(), operationId, fault },
    ];
  }
}

function fits({ operationId, method }: PlannedFault, target: FaultTarget): boolean {
  return (
    (operationId === undefined || operationId === target.operationId) &&
    (method === undefined || method === target.method)
  );
}

function isLeft({ times }: PlannedFault): boolean {
  return times === undefined || times > 0;
}
