/** Something ended before it was done, and there is a command that goes on with it. */
export class ResumableError extends Error {
  override readonly name = "ResumableError";

  /** The command, as a line for the shell. */
  readonly command: string;

  /**
   * @param cause why it ended
   * @param advice the words before the command
   */
  constructor(cause: unknown, advice: string, command: string) {
    super(advice, { cause });
    this.command = command;
  }
}
