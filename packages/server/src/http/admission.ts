import type { FastifyRequest } from "fastify";
import { tooManyRequests } from "../api-error.ts";
import type { Clock } from "../clock.ts";
import type { OperationClass, Settings } from "../configuration/settings.ts";
import { authenticate } from "./authenticate.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** Who may go on: the checks that come before all others. */
export class Admission {
  readonly #settings: Settings;
  readonly #limiters = new Map<OperationClass | "address", RateLimiter>();

  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings;
    for (const name of ["address", "read", "write", "bulk", "import"] as const) {
      const limit = settings.rateLimits[name];
      if (limit) this.#limiters.set(name, new RateLimiter(clock, limit));
    }
  }

  /** @throws {ApiError} 429 if the address asks too often */
  ofAddress(request: FastifyRequest): void {
    this.#take("address", request.ip);
  }

  /**
   * @returns the SID of the account
   * @throws {ApiError} 429 for the address, 401, 429 for the account and the class of operation
   */
  ofAccount(request: FastifyRequest, operationClass: OperationClass): string {
    this.ofAddress(request);
    const account = authenticate(this.#settings.credentials, request.headers.authorization);
    this.#take(operationClass, account);
    return account;
  }

  /** Forgets what was asked so far. */
  clear(): void {
    for (const limiter of this.#limiters.values()) limiter.clear();
  }

  #take(name: OperationClass | "address", key: string): void {
    const seconds = this.#limiters.get(name)?.take(key) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }
}
