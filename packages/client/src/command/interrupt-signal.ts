import { InterruptedError } from "./output/interrupted-error.ts";

/** Aborted when the process is told to end. What is told a second time ends it at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM"] as const) {
    process.once(name, () => controller.abort(new InterruptedError(name)));
  }
  return controller.signal;
}
