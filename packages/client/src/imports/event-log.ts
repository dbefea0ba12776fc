/**
 * Events, kept for whoever begins to read them late. Of several of a type in a row only the newest is kept, so that they take no more
 * room than there are types. Whoever reads slowly holds nobody up.
 */
export class EventLog<Event extends { readonly type: string }> {
  readonly #events: Event[] = [];
  #waiting: (() => void)[] = [];
  #hasEnded = false;

  add(event: Event): void {
    const at = this.#events.length;
    this.#events[this.#events.at(-1)?.type === event.type ? at - 1 : at] = event;
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** From the first event to the end. */
  async *read(): AsyncGenerator<Event, void> {
    let last: Event | undefined;
    for (let at = 0; ; ) {
      const event = this.#events[at];
      if (event !== undefined && event !== last) {
        last = event;
        yield event;
      } else if (at + 1 < this.#events.length) at++;
      else if (this.#hasEnded) return;
      else await new Promise<void>((wake) => this.#waiting.push(wake));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
