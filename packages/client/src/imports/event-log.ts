/**
 * Keeps events for readers, including those that begin late. Of successive events of one type, only the newest is kept, so that the log
 * does not grow with the number of events. A slow reader does not delay the others.
 */
export class EventLog<Event extends { readonly type: string }> {
  readonly #events: Event[] = [];
  #waiting: (() => void)[] = [];
  #hasEnded = false;

  /** Adds an event. Ignored after the end: an upload that is being aborted may still report progress. */
  add(event: Event): void {
    if (this.#hasEnded) return;
    const { length } = this.#events;
    this.#events[this.#events.at(-1)?.type === event.type ? length - 1 : length] = event;
    this.#wake();
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake();
  }

  /** Yields all events from the first one until the log ends. */
  async *read(): AsyncGenerator<Event, void> {
    let last: Event | undefined;
    for (let index = 0; ; ) {
      const event = this.#events[index];
      if (event !== undefined && event !== last) {
        last = event;
        yield event;
      } else if (index + 1 < this.#events.length) index++;
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
