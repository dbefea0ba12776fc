import { constants } from "node:os";

/** The process was told to end: by Ctrl-C, or by whoever started it. */
export class InterruptedError extends Error {
  override readonly name = "InterruptedError";

  /** What a shell calls the end by this signal. */
  readonly exitCode: number;

  constructor(signal: NodeJS.Signals) {
    super("Interrupted.");
    this.exitCode = 128 + constants.signals[signal];
  }
}
