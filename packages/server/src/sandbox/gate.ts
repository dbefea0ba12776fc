/** Runs work concurrently, and exclusive work alone. */
export class Gate {
  readonly #inside = new Set<Promise<void>>();
  #exclusive: Promise<unknown> | undefined;

  /** Resolves when no exclusive work is running or waiting. */
  async opened(): Promise<void> {
    while (this.#exclusive) await this.#exclusive;
  }

  /**
   * Enters the gate as soon as no exclusive work is running or waiting.
   *
   * @returns a function that leaves the gate
   */
  async enter(): Promise<() => void> {
    while (this.#exclusive) await this.#exclusive;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#inside.add(promise);
    return () => {
      this.#inside.delete(promise);
      resolve();
    };
  }

  /** Runs the work inside the gate. */
  async pass<T>(work: () => Promise<T>): Promise<T> {
    const leave = await this.enter();
    try {
      return await work();
    } finally {
      leave();
    }
  }

  /** Runs exclusive work: it starts when the gate is empty, and nothing enters until it is done. It must not use the gate itself. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#exclusive) await this.#exclusive;
    const done = Promise.all(this.#inside).then(work);
    this.#exclusive = done.catch(() => {});
    try {
      return await done;
    } finally {
      this.#exclusive = undefined;
    }
  }
}
