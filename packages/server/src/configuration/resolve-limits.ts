import type { Configuration } from "#generated/configuration.js";
import type { ImportSettings, Limits, RateLimits, Timeouts } from "./settings.ts";

/**
 * How many requests are allowed. One process handles 5,000 to 10,000 reads or writes per second on one core. The defaults for both are
 * lower, so that one account cannot use all of it.
 */
export function resolveRateLimits({ rateLimits }: Configuration): RateLimits {
  return {
    address: { perSecond: 10_000, burst: 20_000 },
    read: { perSecond: 3000, burst: 6000 },
    write: { perSecond: 3000, burst: 6000 },
    bulk: { perSecond: 100, burst: 200 },
    import: { perSecond: 10, burst: 100 },
    ...rateLimits,
  };
}

/** How many connections and requests there may be at the same time. */
export function resolveLimits({ limits }: Configuration): Limits {
  return { connections: 10_000, connectionsPerAddress: 2000, requestsPerAccount: 1000, ...limits };
}

/** How processes share the work of imports. */
export function resolveImports({ imports = {} }: Configuration): ImportSettings {
  const { leaseSeconds = 60, pollSeconds = 5 } = imports;
  return { leaseMs: leaseSeconds * 1000, pollMs: pollSeconds * 1000 };
}

/** Returns the timeouts. */
export function resolveTimeouts({ timeouts = {} }: Configuration): Timeouts {
  const { headersSeconds = 10, bodySeconds = 30, idleSeconds = 30, unreadySeconds = 0, drainSeconds = 20 } = timeouts;
  return {
    headersMs: headersSeconds * 1000,
    bodyMs: bodySeconds * 1000,
    idleMs: idleSeconds * 1000,
    unreadyMs: unreadySeconds * 1000,
    drainMs: drainSeconds * 1000,
  };
}
