import type { Configuration } from "#generated/configuration.js";
import type { ImportSettings, RateLimits, Timeouts } from "./settings.ts";

/** How many requests are let through. */
export function resolveRateLimits({ rateLimits }: Configuration): RateLimits {
  return {
    address: { perSecond: 50_000, burst: 100_000 },
    read: { perSecond: 10_000, burst: 20_000 },
    write: { perSecond: 10_000, burst: 20_000 },
    bulk: { perSecond: 100, burst: 200 },
    import: { perSecond: 10, burst: 100 },
    ...rateLimits,
  };
}

/** How processes share the work of imports. */
export function resolveImports({ imports = {} }: Configuration): ImportSettings {
  const { leaseSeconds = 60, pollSeconds = 5 } = imports;
  return { leaseMs: leaseSeconds * 1000, pollMs: pollSeconds * 1000 };
}

/** How long the server waits. */
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
