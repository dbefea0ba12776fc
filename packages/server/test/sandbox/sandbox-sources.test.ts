import { describe, expect, it } from "vitest";
import { SandboxSources } from "../../src/sandbox/sandbox-sources.ts";

const START = Date.UTC(2026, 0, 1);

function frozenSources(seed = "seed"): SandboxSources {
  const sources = new SandboxSources(seed);
  sources.clock.freeze(START);
  return sources;
}

describe("the sources of a sandbox", () => {
  it("produce the same IDs for the same seed and time", () => {
    const ids = (seed: string) => {
      const sources = frozenSources(seed);
      return Array.from({ length: 3 }, () => sources.ids.next("mem_profile"));
    };
    expect(ids("one")).toEqual(ids("one"));
    expect(ids("one")).not.toEqual(ids("two"));
  });

  it("produce IDs in ascending order, even thousands in one millisecond or when the clock is set back", () => {
    const sources = frozenSources();
    const ids = Array.from({ length: 5000 }, () => sources.ids.next("mem_profile"));
    sources.clock.freeze(START - 1000);
    ids.push(sources.ids.next("mem_profile"));
    expect(ids).toEqual([...new Set(ids)].sort());
    expect(ids[0]).toMatch(/^mem_profile_[0-7][0-9a-z]{25}$/);
  });

  it("give every write a different time, even if the clock is frozen", () => {
    const sources = frozenSources();
    expect(sources.accept(10)).toBe(START * 1000);
    expect(sources.accept(0)).toBe(START * 1000 + 10);
    expect(sources.accept(1)).toBe(START * 1000 + 11);
  });

  it("continue from a saved state as they did before", async () => {
    const sources = frozenSources();
    sources.ids.next("mem_profile");
    sources.accept(3);
    const state = sources.save();
    const run = async () => {
      const first = [sources.ids.next("mem_profile"), sources.ids.next("mem_import"), sources.accept(2)];
      await sources.clock.advance(10);
      return [...first, sources.ids.next("mem_profile"), sources.accept(1), sources.clock.now()];
    };
    const before = await run();
    sources.restore(structuredClone(state));
    expect(await run()).toEqual(before);
  });
});
