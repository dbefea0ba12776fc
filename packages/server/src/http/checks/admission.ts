import type { FastifyRequest } from "fastify";
import type { OperationClass, Settings } from "../../configuration/settings.ts";
import type { Clock } from "../../domain/clock.ts";
import { tooManyRequests } from "../../operations/api-error.ts";
import { authenticate } from "./authenticate.ts";
import { clientAddress } from "./client-address.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** Seconds after which a request over the limit of requests under way may be repeated. Most requests take less than one. */
const BUSY_RETRY_SECONDS = 1;

/** The checks that come before all others: address, credentials, account. */
export class Admission {
  readonly #settings: Settings;
  readonly #limiters = new Map<OperationClass | "address", RateLimiter>();
  /** By account, the number of requests under way. */
  readonly #underWay = new Map<string, number>();

  constructor(settings: Settings, clock: Clock) {
    this.#settings = settings;
    for (const name of ["address", "read", "write", "bulk", "import"] as const) {
      const limit = settings.rateLimits[name];
      if (limit) this.#limiters.set(name, new RateLimiter(clock, limit));
    }
  }

  /** @throws {ApiError} 429 for an address over its rate limit */
  checkAddress(request: FastifyRequest): void {
    this.#take("address", clientAddress(request));
  }

  /**
   * Names the account in the request.
   *
   * @returns the SID of the account
   * @throws {ApiError} 429 for the address, 401, 429 for the account and the class of operation
   */
  checkAccount(request: FastifyRequest, operationClass: OperationClass): string {
    this.checkAddress(request);
    const account = authenticate(this.#settings.credentials, request.headers.authorization);
    request.accountSid = account;
    this.#take(operationClass, account);
    return account;
  }

  /**
   * Does the work of a request, and counts it as under way in the meantime.
   *
   * @throws {ApiError} 429 if the account already has as many requests under way as it may have
   */
  async run<Result>(account: string, work: () => Promise<Result>): Promise<Result> {
    const underWay = this.#underWay.get(account) ?? 0;
    if (underWay >= (this.#settings.limits.requestsPerAccount ?? Number.POSITIVE_INFINITY)) {
      throw tooManyRequests(BUSY_RETRY_SECONDS);
    }
    this.#underWay.set(account, underWay + 1);
    try {
      return await work();
    } finally {
      this.#underWay.set(account, (this.#underWay.get(account) ?? 0) - 1);
    }
  }

  /** Resets all rate limits. */
  clear(): void {
    for (const limiter of this.#limiters.values()) limiter.clear();
  }

  #take(name: OperationClass | "address", key: string): void {
    const seconds = this.#limiters.get(name)?.take(key) ?? 0;
    if (seconds > 0) throw tooManyRequests(seconds);
  }
}
