import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { FastifyRequest } from "fastify";
import { contentTooLarge, invalidBody, unsupportedContentCoding, unsupportedMediaType } from "../api-error.ts";
import { hasContentCoding } from "./content-coding.ts";

const JSON_TYPE = /^application\/json *(;|$)/i;

/**
 * Reads a JSON body.
 *
 * @param limit bytes
 * @param timeoutMs how long the whole body may take; a sender that is slower is cut off
 * @throws {ApiError} 413 over the limit, 415 for another media type or a content coding, 400 if it is not valid JSON in UTF-8
 */
export async function readJsonBody(request: FastifyRequest, limit: number, timeoutMs: number): Promise<unknown> {
  if (Number(request.headers["content-length"] ?? 0) > limit) throw contentTooLarge();
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "")) throw unsupportedMediaType();
  if (hasContentCoding(request.headers)) throw unsupportedContentCoding();
  const slow = setTimeout(() => request.raw.destroy(), timeoutMs);
  try {
    return parseJson(await readBytes(request.raw, limit));
  } finally {
    clearTimeout(slow);
  }
}

/** A body that is too large is left open, so that an answer can be sent. */
async function readBytes(stream: Readable, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) throw contentTooLarge();
    chunks.push(chunk);
  }
  const [first, ...others] = chunks;
  return first !== undefined && others.length === 0 ? first : Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw invalidBody("The body is not in UTF-8");
  try {
    return JSON.parse(bytes.toString());
  } catch {
    // The parser's own message quotes the body.
    throw invalidBody("The body is not valid JSON");
  }
}
