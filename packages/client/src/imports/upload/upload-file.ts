import type { CallOptions } from "../../connection/client-options.ts";
import type { Connection } from "../../connection/connection.ts";
import { send } from "../../connection/send.ts";
import { uploadRequest } from "../../operations/upload-import-file.ts";
import { timeLimits } from "../../resilience/with-retries.ts";
import { exactPieces } from "../source/pieces.ts";
import type { SourceReader } from "../source/source-reader.ts";
import { uploadBody } from "./upload-body.ts";

/** What an upload is told beside what it uploads. */
export interface UploadOptions {
  readonly signal: AbortSignal;
  readonly retry: CallOptions["retry"];
  /** Is called before each attempt. */
  readonly onAttempt: () => void;
  /** Told how many bytes of an attempt are on their way. */
  readonly onLoaded: (loaded: number) => void;
}

/**
 * Uploads the file of a created import to its URL; again where that is right, if the source can be opened again.
 *
 * @throws {MemoryApiError}, {ConnectionError} or {TimeLimitError} as a call alone
 * @throws {InvalidSourceError} if the source is not as long as it said, or else what the source itself threw
 */
export async function uploadFile(
  connection: Connection,
  url: string,
  source: SourceReader,
  { signal, retry, onAttempt, onLoaded }: UploadOptions,
): Promise<void> {
  const request = uploadRequest(url);
  const { fetch } = connection.options;
  const { size } = source;
  const broken = new AbortController();
  let latest = 0;

  const prepare = async (attempt: number) => {
    latest = attempt;
    onAttempt();
    const { pieces: read, blob } = await source.read();
    const pieces = watched(exactPieces(read, size), (error) => {
      // One that was let go, since another attempt began, may complain of that.
      if (attempt === latest) broken.abort(error);
    });
    const { headers, ...body } = await uploadBody({ pieces, size, blob, onLoaded }, fetch === undefined);
    return { ...request, ...body, headers: { ...request.headers, ...headers } };
  };
  await send(connection, "uploadImportFile", prepare, {
    signal: AbortSignal.any([signal, broken.signal]),
    ...uploadLimits(connection, size),
    retry: source.isReopenable ? retry : false,
  });
}

/** A transport wraps what a body throws. Told here, it comes out as it was, and is not taken for a connection that broke. */
async function* watched(pieces: AsyncIterable<Uint8Array>, onFailed: (error: unknown) => void) {
  try {
    yield* pieces;
  } catch (error) {
    onFailed(error);
    throw error;
  }
}

/** An attempt may take one second longer for this many bytes. */
const BYTES_PER_SECOND = 64 * 1024;
/** How long an upload URL is valid, in milliseconds. */
const URL_VALID_MS = 1_800_000;

/**
 * Returns the time limits of an upload in milliseconds.
 *
 * @param size bytes
 */
export function uploadLimits(connection: Connection, size: number) {
  const { timeout } = timeLimits(connection, {});
  return { timeout: timeout + (size / BYTES_PER_SECOND) * 1000, deadline: URL_VALID_MS };
}
