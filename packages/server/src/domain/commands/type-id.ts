/** Fills the array with random bytes. Injected, so that a sandbox can use a seed. */
export type FillRandom = (bytes: Uint8Array) => void;

/** Creates IDs that sort in the order of their creation. */
export interface IdSource {
  /** A TypeID, such as `mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv`. */
  next(prefix: string): string;
}

/** The time and the counter of the last ID. A caller can save it to restore the state later. */
export interface IdState {
  /** Milliseconds since 1970. */
  time: number;
  counter: number;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const COUNTERS = 1 << 12;

/**
 * Source of TypeIDs over UUIDv7 (RFC 9562, section 6.2, method 1): 48 bits of milliseconds, a counter that orders the IDs
 * of one millisecond, 62 random bits. A new ID is greater than all previous ones, even if the clock was set back.
 *
 * @param now milliseconds since 1970
 */
export function createIdSource(
  now: () => number,
  fillRandom: FillRandom,
  state: IdState = { time: 0, counter: 0 },
): IdSource {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  return {
    next(prefix) {
      fillRandom(bytes);
      const present = now();
      if (present > state.time) {
        state.time = present;
        state.counter = view.getUint16(6) % (COUNTERS / 2);
      } else if (++state.counter === COUNTERS) {
        state.time += 1;
        state.counter = 0;
      }
      view.setUint16(0, Math.floor(state.time / 2 ** 32));
      view.setUint32(2, state.time % 2 ** 32);
      view.setUint16(6, 0x7000 | state.counter);
      view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
      return `${prefix}_${base32(view)}`;
    },
  };
}

/** The 128 bits, after two zero bits, as 26 characters of Crockford's base32 in lower case. */
function base32(view: DataView): string {
  let bits = (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
  let text = "";
  for (let at = 0; at < 26; at++) {
    text = ALPHABET.charAt(Number(bits & 31n)) + text;
    bits >>= 5n;
  }
  return text;
}
