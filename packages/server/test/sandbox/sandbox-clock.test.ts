import { describe, expect, it } from "vitest";
import { SandboxClock } from "../../src/sandbox/sandbox-clock.ts";

const end = Date.parse("2200-01-01T00:00:00Z");

describe("the clock of a sandbox", () => {
  it("shows the real time by default", () => {
    let real = 1000;
    const clock = new SandboxClock(() => real);
    expect(clock.isFrozen).toBe(false);
    real = 1500;
    expect(clock.now()).toBe(1500);
  });

  it("stands still while it is frozen", () => {
    let real = 1000;
    const clock = new SandboxClock(() => real);
    clock.freeze();
    real = 9000;
    expect(clock.now()).toBe(1000);
    expect(clock.isFrozen).toBe(true);
  });

  it("can be frozen at an earlier or later time", () => {
    const clock = new SandboxClock(() => 1000);
    clock.freeze(20);
    expect(clock.now()).toBe(20);
    clock.freeze(new Date("2030-01-01T00:00:00Z"));
    expect(new Date(clock.now()).toISOString()).toBe("2030-01-01T00:00:00.000Z");
  });

  it("continues from the time that it shows", () => {
    let real = 1000;
    const clock = new SandboxClock(() => real);
    clock.freeze(50_000);
    clock.resume();
    real += 7;
    expect(clock.now()).toBe(50_007);
    expect(clock.isFrozen).toBe(false);
  });

  it("advances whether it is frozen or running", async () => {
    const clock = new SandboxClock(() => 1000);
    await clock.advance(5);
    expect(clock.now()).toBe(1005);
    clock.freeze();
    await clock.advance(5);
    expect(clock.now()).toBe(1010);
  });

  it("rejects an advance by a negative number or by NaN", async () => {
    const clock = new SandboxClock(() => 1000);
    await expect(clock.advance(-1)).rejects.toThrow("A clock advances by 0 milliseconds or more, not by -1.");
    await expect(clock.advance(Number.NaN)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(1000);
  });

  it("does not change when it would leave the years 1970 to 2199", async () => {
    const clock = new SandboxClock(() => 1000);
    for (const ms of [1e300, Number.POSITIVE_INFINITY, end]) {
      await expect(clock.advance(ms)).rejects.toThrow(
        `The clock cannot advance by ${ms} milliseconds: its times are from 1970 to 2199.`,
      );
    }
    for (const at of [Number.NaN, -1, end, new Date("never")]) expect(() => clock.freeze(at)).toThrow(RangeError);
    expect([clock.now(), clock.isFrozen]).toEqual([1000, false]);
    clock.freeze();
    await expect(clock.advance(end)).rejects.toThrow(RangeError);
    expect(clock.now()).toBe(1000);
    clock.freeze(end - 1);
    expect(clock.now()).toBe(end - 1);
  });

  it("stops at the end of 2199 if it runs", () => {
    let real = 1000;
    const clock = new SandboxClock(() => real);
    clock.freeze(end - 1);
    clock.resume();
    real += 5000;
    expect(clock.now()).toBe(end - 1);
    clock.restore({ offset: end });
    expect(clock.now()).toBe(end - 1);
  });

  it("completes the work that became due before an advance resolves", async () => {
    const clock = new SandboxClock(() => 1000);
    const done: number[] = [];
    clock.onAdvance(async () => {
      await Promise.resolve();
      done.push(clock.now());
    });
    await clock.advance(5);
    expect(done).toEqual([1005]);
  });

  it("can be restored to a saved state", async () => {
    let real = 1000;
    const clock = new SandboxClock(() => real);
    await clock.advance(500);
    const running = clock.save();
    clock.freeze(99);
    const frozen = clock.save();
    clock.restore(running);
    real += 1;
    expect(clock.now()).toBe(1501);
    clock.restore(frozen);
    expect(clock.now()).toBe(99);
  });
});
