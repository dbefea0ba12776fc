import * as bounds from "@memory-api/types/bounds";
import { serializeJson } from "../../connection/json.ts";
import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import type { AnyTraits, TraitsToWrite } from "../traits.ts";

/** What one request takes. */
export interface Chunk {
  /** Index in the source of its first item. */
  readonly from: number;
  /** Index after its last item. */
  readonly to: number;
  /** The body of the request, or why its last item cannot be sent. */
  readonly content: { readonly json: string } | { readonly refusal: unknown };
}

/** How a source is read. */
interface ChunkReading {
  /** How many items to leave out. */
  readonly startAt: number;
  readonly check: TraitCheck;
  readonly signal: AbortSignal | undefined;
}

const MAX_ITEMS = bounds.UpdateProfilesBulkRequest.profiles.maxItems;
const START = '{"profiles":[';
const END = "]}";
/** Room for items: a body of `updateProfilesBulk` may have 16 MiB, as the description of the contract says. */
const MAX_BYTES = 16 * 1024 * 1024 - START.length - END.length;
/** A source that never waits must not keep a timer, and whoever would abort, waiting until its end. */
const ITEMS_A_TURN = 5000;

/**
 * Reads a source chunk by chunk, each as large as a request may be, and never further than it is asked. Ends at an item that cannot
 * be sent.
 *
 * @throws {InvalidParameterError} if the source ends before `startAt`
 * @throws the reason of the signal, some time after it is aborted
 */
export async function* readChunks(
  items: Iterable<ProfileToWrite> | AsyncIterable<ProfileToWrite>,
  { startAt, check, signal }: ChunkReading,
): AsyncGenerator<Chunk, void> {
  let to = 0;
  let parts: string[] = [];
  let bytes = 0;

  const chunk = (): Chunk => {
    const json = START + parts.join(",") + END;
    const from = to - parts.length;
    parts = [];
    bytes = 0;
    return { from, to, content: { json } };
  };

  for await (const item of items) {
    if (to % ITEMS_A_TURN === ITEMS_A_TURN - 1) {
      await new Promise((turn) => setTimeout(turn));
      signal?.throwIfAborted();
    }
    if (to < startAt) {
      to++;
      continue;
    }
    let part: SerializedItem;
    try {
      part = await serializeItem(item, check, MAX_BYTES);
    } catch (refusal) {
      yield { from: to - parts.length, to: to + 1, content: { refusal } };
      return;
    }
    // A comma before each but the first.
    if (bytes + part.bytes + parts.length > MAX_BYTES) yield chunk();
    parts.push(part.json);
    bytes += part.bytes;
    to++;
    if (parts.length === MAX_ITEMS) yield chunk();
  }
  if (to < startAt) {
    throw new InvalidParameterError("startAt", `${startAt} is after the end of the source, which has ${to} items`);
  }
  if (parts.length > 0) yield chunk();
}

/** An item as it is sent. */
export interface SerializedItem {
  readonly json: string;
  /** In UTF-8. */
  readonly bytes: number;
}

/** Traits as the schemas make them. */
export type TraitCheck = (traits: TraitsToWrite<AnyTraits>) => Promise<TraitsToWrite<AnyTraits>>;

/**
 * @param maxBytes what a request has room for
 * @throws {InvalidParameterError} if it alone is more than a request has room for, or is not to be said in JSON
 * @throws what the check throws
 */
export async function serializeItem(
  item: ProfileToWrite,
  check: TraitCheck,
  maxBytes: number,
): Promise<SerializedItem> {
  const json = serializeJson({ ...item, traits: await check(item.traits) });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes > maxBytes) {
    throw new InvalidParameterError(
      "profiles",
      `an item of ${bytes} bytes of JSON; a request has room for ${maxBytes}`,
    );
  }
  return { json, bytes };
}
