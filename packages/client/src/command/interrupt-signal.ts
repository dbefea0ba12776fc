import { InterruptedError } from "./output/interrupted-error.ts";

const NAMES = ["SIGINT", "SIGTERM"] as const;

/** Aborted when the process is told to end. What is told a second time, in whichever of the two ways, ends it at once. */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  const interrupt = (name: NodeJS.Signals) => {
    for (const each of NAMES) process.off(each, interrupt);
    controller.abort(new InterruptedError(name));
  };
  for (const name of NAMES) process.on(name, interrupt);
  return controller.signal;
}
