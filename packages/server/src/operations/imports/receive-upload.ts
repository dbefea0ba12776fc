import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import { badRequest, contentTooLarge } from "../api-error.ts";

/** The body of an upload broke off. There is nobody left to tell. */
export class InterruptedUploadError extends Error {
  override readonly name = "InterruptedUploadError";
}

/**
 * The bytes of an upload, held against the size that was announced. A body that is refused is left open, so that an answer can be
 * sent; one from which nothing comes for too long is destroyed.
 *
 * @param fileSize bytes
 * @param idleMs how long to wait for the next piece, in milliseconds
 * @throws {ApiError} 413 as soon as the body is too long, 400 if it ends too early
 * @throws {InterruptedUploadError}
 */
export async function* receiveUpload(body: Readable, fileSize: number, idleMs: number): AsyncGenerator<Uint8Array> {
  let received = 0;
  for await (const piece of piecesOf(body, idleMs)) {
    received += piece.length;
    if (received > fileSize) throw tooLong(fileSize);
    yield piece;
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

async function* piecesOf(body: Readable, idleMs: number): AsyncGenerator<Uint8Array> {
  const awaitPiece = () =>
    setTimeout(() => body.destroy(new Error(`No piece of the upload came for ${idleMs} ms`)), idleMs);
  let idle = awaitPiece();
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      clearTimeout(idle);
      yield piece;
      idle = awaitPiece();
    }
  } catch (cause) {
    throw new InterruptedUploadError("The upload broke off", { cause });
  } finally {
    clearTimeout(idle);
  }
}
