import { createHash } from "node:crypto";
import type { FillRandom } from "../domain/commands/type-id.ts";

/** Fills bytes with pseudorandom numbers: the same seed produces the same numbers. Not for secrets. */
export interface SeededRandom extends FillRandom {
  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number;
  /** The position in the sequence, for `restore`. */
  save(): RandomState;
  restore(state: RandomState): void;
}

export type RandomState = readonly [number, number, number, number];

/** Number of outputs that sfc32 discards to mix its initial state. */
const WARM_UP = 12;

/** The generator sfc32 by Chris Doty-Humphrey (PractRand), started with the SHA-256 of the seed. */
export function seededRandom(seed: string): SeededRandom {
  const digest = createHash("sha256").update(seed).digest();
  let [a, b, c, counter] = [digest.readInt32LE(0), digest.readInt32LE(4), digest.readInt32LE(8), 1];

  function nextWord(): number {
    const word = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + word) | 0;
    return word >>> 0;
  }

  function fill(bytes: Uint8Array): void {
    let word = 0;
    for (const at of bytes.keys()) {
      word = at % 4 === 0 ? nextWord() : word >>> 8;
      bytes[at] = word & 0xff;
    }
  }

  for (let at = 0; at < WARM_UP; at++) nextWord();
  return Object.assign(fill, {
    fraction: () => nextWord() / 2 ** 32,
    save: (): RandomState => [a, b, c, counter],
    restore: (state: RandomState) => {
      [a, b, c, counter] = state;
    },
  });
}
