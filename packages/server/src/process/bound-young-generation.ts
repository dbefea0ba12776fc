import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Both halves of the young generation together, in bytes: no slower than the 128 MiB that it grows to without a limit. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * Keeps the young generation of this process small: a long import fills it again and again, and V8 would double it each time.
 * `--max-semi-space-size` has the same effect, but only on the command line of Node.js, and not every `env` can pass a flag in a shebang.
 */
export function boundYoungGeneration(): void {
  let isHeld = false;
  const observer = new PerformanceObserver(() => {
    const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
    const isEnough = space !== undefined && space.space_size >= ENOUGH;
    if (isEnough === isHeld) return;
    isHeld = isEnough;
    setFlagsFromString(`--semi-space-growth-factor=${isHeld ? 1 : 2}`);
  });
  observer.observe({ entryTypes: ["gc"] });
}
