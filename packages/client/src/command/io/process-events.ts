import { constants } from "node:os";
import { EXIT, InterruptedError } from "../errors.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Returns a signal that SIGINT or SIGTERM aborts. The next SIGINT or SIGTERM ends the process immediately. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => {
    for (const each of SIGNALS) process.off(each, interrupt);
    controller.abort(new InterruptedError(constants.signals[name]));
  };
  for (const name of SIGNALS) process.on(name, interrupt);
  return controller.signal;
}

/** Ends the process when standard output cannot be written: quietly if its reader has gone, as in `memory profile list | head`. */
export function exitOnOutputError(): void {
  process.stdout.on("error", (error) => {
    if (isBrokenPipe(error)) process.exit(128 + constants.signals.SIGPIPE);
    console.error(`memory: The result could not be written: ${error.message}`);
    process.exit(EXIT.failed);
  });
  // The result does not depend on messages that nobody reads.
  process.stderr.on("error", (error) => {
    if (!isBrokenPipe(error)) throw error;
  });
}

function isBrokenPipe(error: unknown): boolean {
  return Object(error).code === "EPIPE";
}
