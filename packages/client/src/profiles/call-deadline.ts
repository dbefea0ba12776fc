import type { OperationId } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError, TimeLimitError } from "../errors/time-limit-error.ts";
import { timeLimits } from "../resilience/time-limits.ts";
import { withinTime } from "../resilience/within-time.ts";

/** The deadline and the signal of a call that consists of several steps: requests and schema checks. */
export class CallDeadline {
  readonly #connection: Connection;
  readonly #operationId: OperationId;
  readonly #options: CallOptions;
  readonly #deadline: number;
  readonly #end: number;
  /** Attempts of the requests that received a response. */
  #attempts = 0;

  /** @throws {InvalidParameterError} if a time limit is not a number */
  constructor(connection: Connection, operationId: OperationId, options: CallOptions) {
    this.#connection = connection;
    this.#operationId = operationId;
    this.#options = options;
    this.#deadline = timeLimits(connection.options, options).deadline;
    this.#end = connection.environment.elapsed() + this.#deadline;
  }

  /**
   * Sends a request within the remaining time.
   *
   * @throws {TimeLimitError} with the deadline of the whole call, if the remaining time is too short
   */
  async send<Result extends { readonly attempts: number }>(
    request: (options: CallOptions) => Promise<Result>,
  ): Promise<Result> {
    const deadline = this.#remaining();
    try {
      const result = await request({ ...this.#options, deadline });
      this.#attempts += result.attempts;
      return result;
    } catch (error) {
      if (isTimeLimitError(error) && error.limit === "deadline")
        throw this.#expired(error.attempts, error.retryAfterMs);
      if (isMemoryApiError(error)) this.#attempts += error.attempts;
      throw error;
    }
  }

  /**
   * Does work other than a request within the remaining time. Synchronous work needs no timer.
   *
   * @throws {TimeLimitError} if the remaining time is too short
   * @throws the reason of the signal when it is aborted
   */
  async wait<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    const remaining = this.#remaining();
    const value = work();
    if (!(value instanceof Promise)) return value;
    return withinTime(
      remaining,
      () => this.#expired(),
      this.#options.signal,
      () => value,
    );
  }

  /** Returns milliseconds, more than 0. */
  #remaining(): number {
    this.#options.signal?.throwIfAborted();
    const remaining = this.#end - this.#connection.environment.elapsed();
    if (remaining > 0) return remaining;
    throw this.#expired();
  }

  #expired(attempts = 0, retryAfterMs?: number): TimeLimitError {
    return new TimeLimitError(this.#operationId, "deadline", this.#deadline, this.#attempts + attempts, retryAfterMs);
  }
}
