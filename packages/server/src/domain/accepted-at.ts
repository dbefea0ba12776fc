/** The first time that is free. Whoever keeps it can go back to where an acceptance stood. */
export interface AcceptanceState {
  /** Microseconds since 1970. */
  next: number;
}

/**
 * Gives every accepted write a time of its own, in microseconds since 1970, later than all before it in this process, even
 * where the clock stands still. "Last writer wins" compares these.
 *
 * @param now milliseconds since 1970
 * @returns a function that reserves `ticks` times in a row and gives the first of them
 */
export function createAcceptance(now: () => number, state: AcceptanceState = { next: 0 }): (ticks: number) => number {
  return (ticks) => {
    const first = Math.max(state.next, Math.floor(now() * 1000));
    state.next = first + Math.max(1, ticks);
    return first;
  };
}
