import type { OperationId } from "@memory-api/types";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import { isMemoryApiError } from "../errors/memory-api-error.ts";
import { isTimeLimitError, TimeLimitError } from "../errors/time-limit-error.ts";
import { timeLimits } from "../resilience/with-retries.ts";
import { withinTime } from "../resilience/within-time.ts";

/** The deadline and the signal of a call that is made of several parts: requests, and what schemas do. */
export class CallTime {
  readonly #connection: Connection;
  readonly #operationId: OperationId;
  readonly #options: CallOptions;
  readonly #deadline: number;
  readonly #end: number;
  /** How often something was sent, of which the answer came. */
  #attempts = 0;

  /** @throws {InvalidParameterError} if a limit is no number */
  constructor(connection: Connection, operationId: OperationId, options: CallOptions) {
    this.#connection = connection;
    this.#operationId = operationId;
    this.#options = options;
    this.#deadline = timeLimits(connection, options).deadline;
    this.#end = connection.environment.elapsed() + this.#deadline;
  }

  /**
   * Sends a request that may take what is left.
   *
   * @throws {TimeLimitError} if that is too little, with the whole deadline
   */
  async send<Answer extends { readonly attempts: number }>(
    request: (options: CallOptions) => Promise<Answer>,
  ): Promise<Answer> {
    const deadline = this.#left();
    try {
      const answer = await request({ ...this.#options, deadline });
      this.#attempts += answer.attempts;
      return answer;
    } catch (error) {
      if (isTimeLimitError(error) && error.limit === "deadline")
        throw this.#expired(error.attempts, error.retryAfterMs);
      if (isMemoryApiError(error)) this.#attempts += error.attempts;
      throw error;
    }
  }

  /**
   * Does work that is no request. What is there at once costs no timer.
   *
   * @throws {TimeLimitError} if it takes longer than what is left
   * @throws the reason of the signal, once it is aborted
   */
  async wait<Value>(work: () => Value | Promise<Value>): Promise<Value> {
    const left = this.#left();
    const value = work();
    if (!(value instanceof Promise)) return value;
    return withinTime(
      left,
      () => this.#expired(),
      this.#options.signal,
      () => value,
    );
  }

  /** Milliseconds, more than 0. */
  #left(): number {
    this.#options.signal?.throwIfAborted();
    const left = this.#end - this.#connection.environment.elapsed();
    if (left > 0) return left;
    throw this.#expired();
  }

  #expired(attempts = 0, retryAfterMs?: number): TimeLimitError {
    return new TimeLimitError(this.#operationId, "deadline", this.#deadline, this.#attempts + attempts, retryAfterMs);
  }
}
