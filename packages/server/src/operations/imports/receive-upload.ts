import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import { badRequest, contentTooLarge } from "../api-error.ts";

/** The connection closed before the end of the upload, so no response can be sent. */
export class InterruptedUploadError extends Error {
  override readonly name = "InterruptedUploadError";
}

/**
 * Yields the bytes of an upload, and checks that they have the announced size. If the size is wrong, the body stays open, so that a
 * response can be sent. If no data arrives for `idleMs`, the body is destroyed.
 *
 * @param fileSize bytes
 * @param idleMs timeout for the next chunk, in milliseconds
 * @throws {ApiError} 413 as soon as the body is too long, 400 if it ends too early
 * @throws {InterruptedUploadError}
 */
export async function* receiveUpload(body: Readable, fileSize: number, idleMs: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const chunk of chunksOf(body, idleMs)) {
    received += chunk.length;
    if (received > fileSize) throw tooLong(fileSize);
    yield chunk;
  }
  if (received < fileSize) throw tooShort(received, fileSize);
}

/** @param fileSize bytes */
export function tooLong(fileSize: number) {
  return contentTooLarge(`The body is longer than the fileSize of ${fileSize} bytes`);
}

/** Both in bytes. */
export function tooShort(length: number, fileSize: number) {
  return badRequest(`The body has ${length} bytes, but fileSize is ${fileSize}`);
}

async function* chunksOf(body: Readable, idleMs: number): AsyncGenerator<Uint8Array> {
  const awaitChunk = () =>
    setTimeout(() => body.destroy(new Error(`No data of the upload arrived for ${idleMs} ms`)), idleMs);
  let idle = awaitChunk();
  try {
    for await (const chunk of body.iterator({ destroyOnReturn: false })) {
      clearTimeout(idle);
      yield chunk;
      idle = awaitChunk();
    }
  } catch (cause) {
    throw new InterruptedUploadError("The upload was interrupted", { cause });
  } finally {
    clearTimeout(idle);
  }
}
