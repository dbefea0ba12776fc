import { describe, expect, it } from "vitest";
import { createAcceptance } from "../../src/domain/commands/accepted-at.ts";

describe("the times of acceptance", () => {
  it("are those of the clock, in whole microseconds", () => {
    expect(createAcceptance(() => 1_800_000_000_000.0017)(1)).toBe(1_800_000_000_000_001);
  });

  it("are reserved in a row, at least one at a time, even if the clock stands still", () => {
    const accept = createAcceptance(() => 5);
    expect([accept(3), accept(0), accept(1), accept(1)]).toEqual([5_000, 5_003, 5_004, 5_005]);
  });

  it("never go back, even if the clock does", () => {
    let now = 5;
    const accept = createAcceptance(() => now);
    accept(1);
    now = 4;
    expect(accept(1)).toBe(5_001);
    now = 6;
    expect(accept(1)).toBe(6_000);
  });

  it("continue from a state, and keep it up to date", () => {
    const state = { next: 9_000 };
    const accept = createAcceptance(() => 5, state);
    expect(accept(2)).toBe(9_000);
    expect(state).toEqual({ next: 9_002 });
  });
});
