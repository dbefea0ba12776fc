import type { CallOptions } from "../../connection/client-options.ts";
import type { Connection } from "../../connection/connection.ts";
import { send } from "../../connection/send.ts";
import { uploadRequest } from "../../operations/upload-import-file.ts";
import { timeLimits } from "../../resilience/time-limits.ts";
import { exactPieces } from "../source/pieces.ts";
import type { SourceReader } from "../source/source-reader.ts";
import { uploadBody } from "./upload-body.ts";

/** An attempt may take one second more for this many bytes. */
const BYTES_PER_SECOND = 65_536;
/** How long an upload URL is valid, in milliseconds. */
const URL_VALID_MS = 1_800_000;

/** What is uploaded, and where. */
interface Upload {
  readonly url: string;
  readonly source: SourceReader;
  /** Bytes. */
  readonly size: number;
}

interface UploadOptions {
  readonly signal: AbortSignal;
  readonly retry: CallOptions["retry"];
  /** Called before each attempt. */
  readonly onAttempt: () => void;
  /** Called with the number of bytes of the current attempt that are on their way. */
  readonly onLoaded: (loaded: number) => void;
}

/**
 * Uploads the file of a created import to its URL. Repeated like any other request, if the source can be opened again.
 *
 * @throws {MemoryApiError}, {ConnectionError} or {TimeLimitError} like any other request
 * @throws {InvalidSourceError} if the source does not have the expected size
 * @throws errors of the source, unchanged
 */
export async function uploadFile(
  connection: Connection,
  { url, source, size }: Upload,
  { signal, retry, onAttempt, onLoaded }: UploadOptions,
): Promise<void> {
  const request = uploadRequest(url);
  const { fetch } = connection.options;
  const sourceFailure = new AbortController();
  let currentAttempt = 0;

  const prepare = async (attempt: number) => {
    currentAttempt = attempt;
    onAttempt();
    const { pieces: read, blob } = await source.read();
    const pieces = observed(exactPieces(read, size), (error) => {
      // The source of an earlier attempt fails because it was closed.
      if (attempt === currentAttempt) sourceFailure.abort(error);
    });
    const { headers, ...body } = await uploadBody({ pieces, size, blob, onLoaded }, fetch === undefined);
    return { ...request, ...body, headers: { ...request.headers, ...headers } };
  };
  await send(connection, "uploadImportFile", prepare, {
    signal: AbortSignal.any([signal, sourceFailure.signal]),
    ...uploadLimits(connection, size),
    retry: source.isReopenable ? retry : false,
  });
}

/**
 * Returns the time limits of an upload in milliseconds.
 *
 * @param size bytes
 */
export function uploadLimits(connection: Connection, size: number) {
  const { timeout } = timeLimits(connection.options);
  return { timeout: timeout + (size / BYTES_PER_SECOND) * 1000, deadline: URL_VALID_MS };
}

/** Reports an error of the source. A transport wraps it, so that it would look like a broken connection, which is retried. */
async function* observed(pieces: AsyncIterable<Uint8Array>, onError: (error: unknown) => void) {
  try {
    yield* pieces;
  } catch (error) {
    onError(error);
    throw error;
  }
}
