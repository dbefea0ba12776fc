import { describe, expect, it, vi } from "vitest";
import { RateLimiter } from "../../src/http/checks/rate-limiter.ts";

const start = Date.parse("2026-03-10T10:00:00Z");

/** A limiter of 1 request per second and 3 at once, with a clock that the test sets. */
function limiter() {
  const clock = { time: start, now: () => clock.time };
  return { clock, limiter: new RateLimiter(clock, { perSecond: 1, burst: 3 }) };
}

describe("a key", () => {
  it("may use its burst at once, and then one request per interval", () => {
    const { clock, limiter: limits } = limiter();
    expect([1, 2, 3, 4].map(() => limits.take("a"))).toEqual([0, 0, 0, 1]);
    clock.time += 999;
    expect(limits.take("a")).toBe(1);
    clock.time += 1;
    expect([limits.take("a"), limits.take("a")]).toEqual([0, 1]);
  });

  it("does not count for another, and starts again after it is cleared", () => {
    const { limiter: limits } = limiter();
    for (let taken = 0; taken < 4; taken++) limits.take("a");
    expect(limits.take("b")).toBe(0);
    limits.clear();
    expect(limits.take("a")).toBe(0);
  });
});

describe("a clock that is set back", () => {
  it.each([
    [1, 2000, [1, 1]],
    [1, 2001, [0, 1]],
    [2, 1000, [1, 1]],
    [2, 1001, [0, 1]],
    [3, 0, [1, 1]],
    [3, 1, [0, 1]],
    [3, 86_400_000, [0, 1]],
  ])("allows one request after %i of 3 if it is set back by %i ms beyond a full burst", (taken, ms, waits) => {
    const { clock, limiter: limits } = limiter();
    for (let count = 0; count < taken; count++) limits.take("a");
    clock.time -= ms;
    expect([limits.take("a"), limits.take("a")]).toEqual(waits);
  });

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
  it.each([1, 2, 3])("do not make the limiter forget one that used %i of 3 requests", (taken) => {
    const { limiter: limits } = limiter();
    for (let count = 0; count < taken; count++) limits.take("busy");
    for (let key = 0; key < 10_001; key++) limits.take(`key ${key}`);
    const waits = [1, 2, 3, 4].map(() => limits.take("busy"));
    expect(waits).toEqual([1, 2, 3, 4].map((count) => (count + taken <= 3 ? 0 : 1)));
  });

  it("are searched again when there are twice as many as were busy", () => {
    const { clock, limiter: limits } = limiter();
    for (let key = 0; key <= 10_000; key++) limits.take(`busy ${key}`);
    clock.time += 60_000;
    const deleted = vi.spyOn(Map.prototype, "delete");
    try {
      for (let key = 0; key < 10_001; key++) limits.take(`other ${key}`);
      expect(deleted).not.toHaveBeenCalled();
      limits.take("one more");
      expect(deleted).toHaveBeenCalledTimes(10_001);
    } finally {
      deleted.mockRestore();
    }
  });

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

describe("a limit that is replaced", () => {
  it.each([
    ["the same", { perSecond: 1, burst: 3 }, 1],
    ["a larger burst", { perSecond: 1, burst: 5 }, 0],
    ["a higher rate", { perSecond: 10, burst: 3 }, 1],
    ["a smaller burst", { perSecond: 1, burst: 1 }, 1],
    ["a lower rate", { perSecond: 0.1, burst: 3 }, 10],
  ])("does not give back the requests that were made: %s", (_, limit, wait) => {
    const { limiter: limits } = limiter();
    for (let taken = 0; taken < 3; taken++) limits.take("a");
    limits.change(limit);
    expect(limits.take("a")).toBe(wait);
  });

  it("counts each of them once", () => {
    const { limiter: limits } = limiter();
    limits.take("a");
    limits.change({ perSecond: 0.1, burst: 3 });
    expect([1, 2, 3].map(() => limits.take("a"))).toEqual([0, 0, 10]);
    expect([1, 2, 3, 4].map(() => limits.take("b"))).toEqual([0, 0, 0, 10]);
  });

  it("allows the full burst to a key that has been idle", () => {
    const { clock, limiter: limits } = limiter();
    limits.take("a");
    clock.time += 3_600_000;
    limits.change({ perSecond: 0.1, burst: 2 });
    expect([1, 2, 3].map(() => limits.take("a"))).toEqual([0, 0, 10]);
  });
});
