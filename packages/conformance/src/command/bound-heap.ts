import { setFlagsFromString } from "node:v8";

/** Keeps the heap of this process small. By default, V8 lets it grow to several times of what is in use, to collect garbage less often. */
export function boundHeap(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
  setFlagsFromString("--heap-growing-percent=30");
}
