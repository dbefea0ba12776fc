/** One thing that is wrong with a configuration. Neither part ever holds a secret. */
export interface Mistake {
  /** JSON pointer into the configuration, or the name of a variable, an option or a file. */
  readonly path: string;
  /** What is wrong there, as the end of a sentence. */
  readonly reason: string;
}

/** The server cannot start with this configuration. The message lists all mistakes, one a line. */
export class ConfigurationError extends Error {
  override readonly name = "ConfigurationError";
  readonly mistakes: readonly Mistake[];

  /** @param source where the configuration was read, such as the path of its file */
  constructor(mistakes: readonly Mistake[], source?: string) {
    const lines = mistakes.map(({ path, reason }) => `${path}: ${reason}`);
    super([`The configuration${source ? ` ${source}` : ""} cannot be used.`, ...lines].join("\n"));
    this.mistakes = mistakes;
  }
}
