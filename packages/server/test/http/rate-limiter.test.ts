import { describe, expect, it, vi } from "vitest";
import { RateLimiter } from "../../src/http/rate-limiter.ts";

const start = Date.parse("2026-03-10T10:00:00Z");

/** A limiter of 1 request per second and 3 at once, with a clock that the test sets. */
function limiter() {
  const clock = { time: start, now: () => clock.time };
  return { clock, limiter: new RateLimiter(clock, { perSecond: 1, burst: 3 }) };
}

describe("a clock that is set back", () => {
  it.each([1, 2, 3, 60, 86_400])("by %i s does not block a key until it has caught up", (seconds) => {
    const { clock, limiter: limits } = limiter();
    for (let taken = 0; taken < 3; taken++) expect(limits.take("a")).toBe(0);
    clock.time -= seconds * 1000;
    const waits: number[] = [];
    for (let second = 0; second < 10; second++) {
      waits.push(limits.take("a"));
      clock.time += 1000;
    }
    expect(waits.filter((wait) => wait === 0).length).toBeGreaterThanOrEqual(7);
    expect(Math.max(...waits)).toBeLessThanOrEqual(3);
  });

  it("does not grant a key another burst", () => {
    const { clock, limiter: limits } = limiter();
    for (let taken = 0; taken < 3; taken++) limits.take("a");
    clock.time -= 3_600_000;
    expect([limits.take("a"), limits.take("a")]).toEqual([0, 1]);
  });
});

describe("many keys", () => {
  it("are not searched for idle ones at each request while all are busy", () => {
    const { limiter: limits } = limiter();
    const searches = vi.spyOn(Map.prototype, Symbol.iterator);
    try {
      for (let key = 0; key < 30_000; key++) limits.take(`key ${key}`);
      expect(searches.mock.calls.length).toBeLessThan(5);
    } finally {
      searches.mockRestore();
    }
  });

  it("keep their limits while they are busy, and are forgotten when they are idle", () => {
    const { clock, limiter: limits } = limiter();
    const deleted = vi.spyOn(Map.prototype, "delete");
    try {
      for (let key = 0; key < 10_000; key++) limits.take(`idle ${key}`);
      clock.time += 60_000;
      for (let taken = 0; taken < 3; taken++) limits.take("busy");
      expect(deleted).toHaveBeenCalledTimes(10_000);
      expect(limits.take("busy")).toBe(1);
    } finally {
      deleted.mockRestore();
    }
  });
});
