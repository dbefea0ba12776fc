import type { FastifyRequest } from "fastify";
import type { OperationClass, Settings } from "../../configuration/settings.ts";
import type { Clock } from "../../domain/clock.ts";
import { tooManyRequests } from "../../operations/api-error.ts";
import { authenticate } from "./authenticate.ts";
import { clientAddress } from "./client-address.ts";
import { RateLimiter } from "./rate-limiter.ts";

/** Seconds after which a request over the limit of requests under way may be repeated. Most requests take less than one. */
const BUSY_RETRY_SECONDS = 1;

const LIMITED = ["address", "read", "write", "bulk", "import"] as const satisfies (OperationClass | "address")[];

type AdmissionSettings = Pick<Settings, "credentials" | "rateLimits" | "limits">;

/** The checks that come before all others: address, credentials, account. */
export class Admission {
  readonly #clock: Clock;
  #settings: AdmissionSettings;
  readonly #limiters = new Map<OperationClass | "address", RateLimiter>();
  /** By account, the number of requests under way. */
  readonly #underWay = new Map<string, number>();

  constructor(settings: AdmissionSettings, clock: Clock) {
    this.#clock = clock;
    this.#settings = settings;
    this.reload(settings);
  }

  /** Replaces the settings. The requests that an account or an address has made, or has under way, count against the new limits. */
  reload(settings: AdmissionSettings): void {
    this.#settings = settings;
    for (const name of LIMITED) {
      const limit = settings.rateLimits[name];
      const limiter = this.#limiters.get(name);
      if (limit === undefined) this.#limiters.delete(name);
      else if (limiter === undefined) this.#limiters.set(name, new RateLimiter(this.#clock, limit));
      else limiter.change(limit);
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
