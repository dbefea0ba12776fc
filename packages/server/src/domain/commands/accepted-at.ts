/** The next free time. A caller can save it to restore the state later. */
export interface AcceptanceState {
  /** Microseconds since 1970. */
  next: number;
}

/**
 * Gives each accepted write its own time, in microseconds since 1970. It is later than all previous times in this process, even if the
 * clock stands still. The write with the later time wins.
 *
 * @param now milliseconds since 1970
 * @returns a function that reserves `ticks` consecutive times and returns the first
 */
export function createAcceptance(now: () => number, state: AcceptanceState = { next: 0 }): (ticks: number) => number {
  return (ticks) => {
    const first = Math.max(state.next, Math.floor(now() * 1000));
    state.next = first + Math.max(1, ticks);
    return first;
  };
}
