import { describe, expect, it, onTestFinished, vi } from "vitest";
import { isYieldDue, yieldToEventLoop } from "../../src/imports/yield-to-event-loop.ts";

describe("long work", () => {
  it("is due to yield 5 ms after it continued", async () => {
    let now = 1000;
    const spy = vi.spyOn(performance, "now").mockImplementation(() => now);
    onTestFinished(() => spy.mockRestore());
    expect(isYieldDue()).toBe(true);
    await yieldToEventLoop();
    expect(isYieldDue()).toBe(false);
    now = 1004;
    expect(isYieldDue()).toBe(false);
    now = 1005;
    expect(isYieldDue()).toBe(true);
  });

  it("continues in the order in which it yielded, one in each turn of the event loop", async () => {
    const order: string[] = [];
    const work = async (name: string) => {
      await yieldToEventLoop();
      order.push(name);
      await yieldToEventLoop();
      order.push(name);
    };
    await Promise.all(["one", "two", "three"].map(work));
    expect(order).toEqual(["one", "two", "three", "one", "two", "three"]);
  });
});
