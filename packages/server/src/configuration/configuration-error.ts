/** A mistake in a configuration. It never contains a secret. */
export interface Mistake {
  /** JSON pointer into the configuration, or the name of a variable, an option or a file. */
  readonly path: string;
  /** What is wrong, as a predicate whose subject is the path: `must be an integer`. */
  readonly reason: string;
}

/** The configuration is invalid. The message lists all mistakes, one per line. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly mistakes: readonly Mistake[];

  /** @param source where the configuration comes from, such as the path of its file */
  constructor(mistakes: readonly Mistake[], source?: string) {
    const lines = mistakes.map(({ path, reason }) => `${path}: ${reason}`);
    super([`The configuration${source ? ` ${source}` : ""} is invalid.`, ...lines].join("\n"));
    this.mistakes = mistakes;
  }
}
