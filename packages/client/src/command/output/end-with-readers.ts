import { constants } from "node:os";
import { EXIT } from "./exit-code.ts";

/** Ends the process, as others end, once nobody reads its result any more: `memory profile list | head`. */
export function endWithReaders(): void {
  process.stdout.on("error", (error) => {
    if (isBrokenPipe(error)) process.exit(128 + constants.signals.SIGPIPE);
    console.error(`memory: The result could not be written: ${error.message}`);
    process.exit(EXIT.failed);
  });
  // Messages that nobody reads change nothing.
  process.stderr.on("error", (error) => {
    if (!isBrokenPipe(error)) throw error;
  });
}

function isBrokenPipe(error: unknown): boolean {
  return Object(error).code === "EPIPE";
}
