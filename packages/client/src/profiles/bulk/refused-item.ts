import { isMemoryApiError } from "../../errors/memory-api-error.ts";
import type { Chunk } from "./read-chunks.ts";

/** Index in the source of the item because of which a chunk was not accepted; `undefined` where it cannot be told. */
export function refusedItem({ from, to, content }: Chunk, cause: unknown): number | undefined {
  if ("refusal" in content) return to - 1;
  // The 400 of a batch begins with the JSON pointer of the item.
  const message = isMemoryApiError(cause, "updateProfilesBulk", 400) ? String(cause.body?.message) : "";
  const [, index] = /\/profiles\/(\d+)/.exec(message) ?? [];
  return index === undefined ? undefined : from + Number(index);
}
