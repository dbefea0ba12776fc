import type { Chunk } from "./read-chunks.ts";
import { unlessAborted } from "./unless-aborted.ts";

/** What can happen next in a bulk upsert. */
export type BulkEvent =
  | { readonly kind: "read"; readonly chunk: Chunk }
  | { readonly kind: "end" }
  | { readonly kind: "broken"; readonly error: unknown }
  | { readonly kind: "accepted"; readonly chunk: Chunk }
  | { readonly kind: "refused"; readonly chunk: Chunk; readonly cause: unknown };

/** The next chunk, the end of the source, or what the source threw. Never rejected. */
export async function readNext(
  chunks: AsyncGenerator<Chunk, void>,
  signal: AbortSignal | undefined,
): Promise<BulkEvent> {
  try {
    const { done, value } = await unlessAborted(chunks.next(), signal);
    return done ? { kind: "end" } : { kind: "read", chunk: value };
  } catch (error) {
    return { kind: "broken", error };
  }
}

/** How a chunk ended. Never rejected. */
export async function sendOne(chunk: Chunk, send: (json: string) => Promise<unknown>): Promise<BulkEvent> {
  const { content } = chunk;
  if ("refusal" in content) return { kind: "refused", chunk, cause: content.refusal };
  try {
    await send(content.json);
    return { kind: "accepted", chunk };
  } catch (cause) {
    return { kind: "refused", chunk, cause };
  }
}
