import { patterns } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { createIdSource, type FillRandom } from "../../src/domain/commands/type-id.ts";

const zeros: FillRandom = (bytes) => bytes.fill(0);
const ones: FillRandom = (bytes) => bytes.fill(0xff);

describe("a source of IDs", () => {
  it("creates TypeIDs over UUIDv7 that match the patterns of the contract", () => {
    const ids = createIdSource(() => Date.UTC(2026, 0, 1), ones);
    expect(ids.next("mem_profile")).toMatch(patterns.ProfileId);
    expect(ids.next("mem_import")).toMatch(patterns.ImportId);
  });

  it("has the time, the version, the counter and the random bits in the places of RFC 9562", () => {
    expect(hexOf(createIdSource(() => 1, zeros).next("mem_profile"))).toBe("00000000000170008000000000000000");
    const time = "019b76da0a80";
    expect(hexOf(createIdSource(() => Number.parseInt(time, 16), ones).next("mem_profile"))).toBe(
      `${time}77ffbfffffffffffffff`,
    );
  });

  it("orders the IDs of one instant", () => {
    const ids = createIdSource(() => 1_000, zeros);
    const made = Array.from({ length: 10_000 }, () => ids.next("mem_profile"));
    expect(made).toEqual([...new Set(made)].sort());
  });

  it("counts up within a millisecond, and borrows from the next one when the counter is used up", () => {
    const ids = createIdSource(() => 1, zeros);
    const [first, second] = [ids.next("mem_profile"), ids.next("mem_profile")];
    expect([first, second].map(hexOf)).toEqual([
      "00000000000170008000000000000000",
      "00000000000170018000000000000000",
    ]);
    for (let count = 2; count < 4096; count++) ids.next("mem_profile");
    expect(hexOf(ids.next("mem_profile"))).toBe("00000000000270008000000000000000");
  });

  it("continues from a state, and keeps it up to date", () => {
    const state = { time: 2, counter: 7 };
    const ids = createIdSource(() => 1, zeros, state);
    expect(hexOf(ids.next("mem_profile"))).toBe("00000000000270088000000000000000");
    expect(state).toEqual({ time: 2, counter: 8 });
  });

  it("never goes back, even if the clock does", () => {
    let now = 5_000;
    const ids = createIdSource(() => now, zeros);
    const before = ids.next("mem_profile");
    now = 1_000;
    expect(ids.next("mem_profile") > before).toBe(true);
  });
});

/** The 128 bits of an ID, read back from its base32. */
function hexOf(id: string): string {
  const digits = [...id.slice(id.lastIndexOf("_") + 1)].map((digit) =>
    "0123456789abcdefghjkmnpqrstvwxyz".indexOf(digit),
  );
  return digits
    .reduce((bits, digit) => (bits << 5n) | BigInt(digit), 0n)
    .toString(16)
    .padStart(32, "0");
}
