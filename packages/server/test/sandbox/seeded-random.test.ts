import { describe, expect, it } from "vitest";
import { seededRandom } from "../../src/random/seeded-random.ts";

function bytesOf(random: (bytes: Uint8Array) => void, count = 16): string {
  const bytes = Buffer.alloc(count);
  random(bytes);
  return bytes.toString("hex");
}

describe("seeded random bytes", () => {
  it("are always the same for the same seed", () => {
    expect(bytesOf(seededRandom("one"))).toBe(bytesOf(seededRandom("one")));
    expect(bytesOf(seededRandom("one"))).toMatchInlineSnapshot(`"842141362b95a5d0f8ac158ada881df5"`);
  });

  it("differ for different seeds", () => {
    expect(bytesOf(seededRandom("one"))).not.toBe(bytesOf(seededRandom("two")));
  });

  it("do not repeat 16 bytes in a row", () => {
    const random = seededRandom("one");
    const chunks = new Set(Array.from({ length: 1000 }, () => bytesOf(random)));
    expect(chunks.size).toBe(1000);
  });

  it("fill any number of bytes, with a uniform distribution", () => {
    const counts = new Map<number, number>();
    const bytes = new Uint8Array(256 * 200 + 3);
    seededRandom("one")(bytes);
    for (const byte of bytes) counts.set(byte, (counts.get(byte) ?? 0) + 1);
    expect(counts.size).toBe(256);
    expect(Math.min(...counts.values())).toBeGreaterThan(120);
    expect(Math.max(...counts.values())).toBeLessThan(280);
  });

  it("continue from a saved state", () => {
    const random = seededRandom("one");
    bytesOf(random, 5);
    const state = random.save();
    const next = bytesOf(random);
    random.restore(state);
    expect(bytesOf(random)).toBe(next);
  });

  it("yield fractions from 0 to 1", () => {
    const { fraction } = seededRandom("one");
    const fractions = Array.from({ length: 1000 }, fraction);
    expect(Math.min(...fractions)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...fractions)).toBeLessThan(1);
    expect(fractions.filter((each) => each < 0.25).length / 1000).toBeCloseTo(0.25, 1);
  });
});
