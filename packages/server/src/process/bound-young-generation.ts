import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";

/** Both halves of the young generation together, in bytes: no slower than the 128 MiB that it grows to if nobody bounds it. */
const ENOUGH = 16 * 1024 * 1024;

/**
 * Keeps the young generation of this process small: a long import fills it again and again, and V8 would double it each time.
 * `--max-semi-space-size` says the same, but only where Node is started, and not every `env` can hand a flag to a command.
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
