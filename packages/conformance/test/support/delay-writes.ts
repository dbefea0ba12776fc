import type { Target } from "../../src/target.ts";

/** Makes writes of a sandbox visible so many milliseconds later. @returns the target as a run must be told about it */
export async function delayWrites(target: Target, ms: number): Promise<Target> {
  const response = await fetch(`${target.controlUrl}/consistency`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ mode: "delayed", ms }),
  });
  if (!response.ok) throw new Error(`The sandbox returned ${response.status} ${await response.text()}`);
  return { ...target, isImmediate: false };
}
