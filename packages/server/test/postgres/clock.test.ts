import { clearInterval, setInterval } from "node:timers";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { DatabaseClock } from "../../src/storage/postgres/clock.ts";
import { PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";

vi.mock(import("node:timers"), async (original) => {
  const timers = await original();
  return { ...timers, setInterval: vi.fn(timers.setInterval), clearInterval: vi.fn(timers.clearInterval) };
});

/** A clock whose database returns the time in microseconds, in the middle of a round trip. */
async function startClock() {
  const monotonic = { now: 1000 };
  const server = { now: 5_000_000_000, roundTripMs: 60 };
  const database = new PostgresDatabase({ databaseUrl: "postgres://127.0.0.1:1/unused" });
  const query = vi.spyOn(database, "query").mockImplementation(async () => {
    monotonic.now += server.roundTripMs;
    return { rows: [{ now: server.now }], rowCount: 1 };
  });
  const clock = await DatabaseClock.start(database, () => monotonic.now);
  onTestFinished(async () => {
    clock.stop();
    await database.close();
  });
  return { clock, monotonic, server, query };
}

describe("the clock of a database", () => {
  it("assumes that the database read its time in the middle of the round trip", async () => {
    const { clock } = await startClock();
    expect(clock.now()).toBe(5_000_030);
  });

  it("continues on the monotonic clock, in whole milliseconds", async () => {
    const { clock, monotonic } = await startClock();
    monotonic.now += 12.7;
    expect(clock.now()).toBe(5_000_042);
  });

  it("follows the database when it is compared again", async () => {
    const { clock, server } = await startClock();
    Object.assign(server, { now: 9_000_000_000, roundTripMs: 10 });
    await clock.synchronize();
    expect(clock.now()).toBe(9_000_005);
  });

  it("keeps its offset if the comparison takes so long that its result would be off by seconds", async () => {
    const { clock, monotonic, server } = await startClock();
    Object.assign(server, { now: 5_003_000_000, roundTripMs: 3000 });
    await clock.synchronize();
    expect(clock.now()).toBe(5_003_030);
    Object.assign(server, { now: 5_003_000_000, roundTripMs: 10 });
    monotonic.now += 500;
    await clock.synchronize();
    expect(clock.now()).toBe(5_003_005);
  });

  it("keeps its offset if the database returns no time", async () => {
    const { clock, monotonic, query } = await startClock();
    query.mockResolvedValueOnce({ rows: [], rowCount: 0 });
    monotonic.now += 100;
    await clock.synchronize();
    expect(clock.now()).toBe(5_000_130);
  });

  it("is compared regularly, even if that fails, until it is stopped", async () => {
    vi.mocked(setInterval).mockClear();
    const { clock, server, query } = await startClock();
    const [[compare, ms] = []] = vi.mocked(setInterval).mock.calls;
    expect(ms).toBe(10_000);
    query.mockRejectedValueOnce(new StorageUnavailableError("It is away."));
    await compare?.();
    expect(clock.now()).toBe(5_000_030);
    server.now = 7_000_000_000;
    await compare?.();
    expect(clock.now()).toBe(7_000_030);
    clock.stop();
    expect(clearInterval).toHaveBeenLastCalledWith(vi.mocked(setInterval).mock.results[0]?.value);
  });

  it("continues on the monotonic clock of this process by default", async () => {
    const { query } = await startClock();
    const database = new PostgresDatabase({ databaseUrl: "postgres://127.0.0.1:1/unused" });
    vi.spyOn(database, "query").mockImplementation(query);
    const clock = await DatabaseClock.start(database);
    expect(clock.now()).toBeGreaterThanOrEqual(5_000_000);
    clock.stop();
    await database.close();
  });
});
