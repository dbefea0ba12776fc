import * as bounds from "@memory-api/types/bounds";
import { serializeJson } from "../../connection/json.ts";
import { InvalidParameterError } from "../../errors/invalid-parameter-error.ts";
import type { ProfileToWrite } from "../create-checked-profile.ts";
import type { AnyTraits, TraitsToWrite } from "../traits.ts";

/** The items of one request. */
export interface Chunk {
  /** Index of its first item in the source. */
  readonly from: number;
  /** Index after its last item. */
  readonly to: number;
  /** The body of the request, or why its last item cannot be sent. */
  readonly content: { readonly json: string } | { readonly error: unknown };
}

interface ReadOptions {
  /** The number of items to skip. */
  readonly startAt: number;
  readonly check: TraitCheck;
  readonly signal: AbortSignal | undefined;
}

/** Resolves to the traits with the output of the schemas. */
type TraitCheck = (traits: TraitsToWrite<AnyTraits>) => Promise<TraitsToWrite<AnyTraits>>;

interface SerializedItem {
  readonly json: string;
  /** The length in UTF-8. */
  readonly bytes: number;
}

const MAX_ITEMS = bounds.UpdateProfilesBulkRequest.profiles.maxItems;
const START = '{"profiles":[';
const END = "]}";
/** The bytes for items in a request: according to the contract, the body of `updateProfilesBulk` has at most 16 MiB. */
const MAX_BYTES = 16 * 1024 * 1024 - START.length - END.length;
/** Timers, and with them aborts, run after at most this number of items, even if the source never waits. */
const ITEMS_PER_TURN = 5000;

/**
 * Reads chunks from a source, each as large as a request can be. Reads no item before the next chunk is requested, and ends at an item that
 * cannot be sent.
 *
 * @throws {InvalidParameterError} if the source ends before `startAt`
 * @throws the reason of the signal, some time after it is aborted
 */
export async function* readChunks(
  items: Iterable<ProfileToWrite> | AsyncIterable<ProfileToWrite>,
  { startAt, check, signal }: ReadOptions,
): AsyncGenerator<Chunk, void> {
  let to = 0;
  let pending: string[] = [];
  let bytes = 0;

  const takeChunk = (): Chunk => {
    const chunk = { from: to - pending.length, to, content: { json: START + pending.join(",") + END } };
    pending = [];
    bytes = 0;
    return chunk;
  };

  for await (const item of items) {
    if (to % ITEMS_PER_TURN === ITEMS_PER_TURN - 1) {
      await new Promise((resolve) => setTimeout(resolve));
      signal?.throwIfAborted();
    }
    if (to < startAt) {
      to++;
      continue;
    }
    let serialized: SerializedItem;
    try {
      serialized = await serializeItem(item, check);
    } catch (error) {
      yield { from: to - pending.length, to: to + 1, content: { error } };
      return;
    }
    const commas = pending.length;
    if (bytes + serialized.bytes + commas > MAX_BYTES) yield takeChunk();
    pending.push(serialized.json);
    bytes += serialized.bytes;
    to++;
    if (pending.length === MAX_ITEMS) yield takeChunk();
  }
  if (to < startAt) {
    throw new InvalidParameterError("startAt", `${startAt} is after the end of the source, which has ${to} items`);
  }
  if (pending.length > 0) yield takeChunk();
}

/**
 * @throws {InvalidParameterError} if the item is larger than a request can be, or cannot be converted to JSON
 * @throws the error of the check
 */
async function serializeItem(item: ProfileToWrite, check: TraitCheck): Promise<SerializedItem> {
  const json = serializeJson({ ...item, traits: await check(item.traits) });
  const bytes = new TextEncoder().encode(json).length;
  if (bytes <= MAX_BYTES) return { json, bytes };
  throw new InvalidParameterError("profiles", `an item has ${bytes} bytes of JSON; a request can contain ${MAX_BYTES}`);
}
