/** Lets work pass side by side, except while something has to be alone. */
export class Gate {
  readonly #running = new Set<Promise<unknown>>();
  #alone: Promise<unknown> | undefined;

  /** Runs the work at once, or after what is alone or waits to be. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone) await this.#alone;
    const running = work();
    this.#running.add(running);
    try {
      return await running;
    } finally {
      this.#running.delete(running);
    }
  }

  /** Runs the work once all that passed is over, and holds what comes until it is done. The work must not use the gate itself. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#alone) await this.#alone;
    const done = Promise.allSettled(this.#running).then(work);
    this.#alone = done.catch(() => {});
    try {
      return await done;
    } finally {
      this.#alone = undefined;
    }
  }
}
