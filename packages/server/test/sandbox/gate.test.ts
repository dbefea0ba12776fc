import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { Gate } from "../../src/sandbox/gate.ts";

/** Work that takes a turn of the event loop, and the names of what has begun and ended. */
function recorded() {
  const events: string[] = [];
  const work = (name: string) => async () => {
    events.push(`${name} begins`);
    await setImmediate();
    events.push(`${name} ends`);
  };
  return { events, work };
}

describe("exclusive work of a gate", () => {
  it("runs one after the other, however much waits", async () => {
    const gate = new Gate();
    const { events, work } = recorded();
    await Promise.all(["1", "2", "3"].map((name) => gate.alone(work(name))));
    expect(events).toEqual(["1 begins", "1 ends", "2 begins", "2 ends", "3 begins", "3 ends"]);
  });

  it("starts when the gate is empty, and holds what arrives meanwhile, also if it fails", async () => {
    const gate = new Gate();
    const { events, work } = recorded();
    const inside = gate.pass(work("inside"));
    const failed = gate.alone(async () => {
      await work("exclusive")();
      throw new Error("It failed.");
    });
    const late = gate.pass(work("late"));
    await expect(failed).rejects.toThrow("It failed.");
    await Promise.all([inside, late]);
    expect(events).toEqual([
      "inside begins",
      "inside ends",
      "exclusive begins",
      "exclusive ends",
      "late begins",
      "late ends",
    ]);
  });
});
