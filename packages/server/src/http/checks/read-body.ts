import { isUtf8 } from "node:buffer";
import type { Readable } from "node:stream";
import { clearTimeout, setTimeout } from "node:timers";
import type { FastifyRequest } from "fastify";
import {
  contentTooLarge,
  invalidBody,
  unsupportedContentCoding,
  unsupportedMediaType,
} from "../../operations/api-error.ts";
import { hasContentCoding } from "../../operations/content-coding.ts";

const JSON_TYPE = /^application\/json *(;|$)/i;

export interface BodyLimits {
  /** Bytes. */
  readonly limit: number;
  /** How long the whole body may take, in milliseconds. The connection of a slower sender is closed. */
  readonly timeoutMs: number;
  /** Called with a number of bytes before they are read. If it throws, they are not read. */
  readonly reserve: (bytes: number) => void;
}

/**
 * Reads a JSON body.
 *
 * @throws {ApiError} 413 over the limit, 415 for another media type or a content coding, 400 if it is not valid JSON in UTF-8
 */
export async function readJsonBody(request: FastifyRequest, limits: BodyLimits): Promise<unknown> {
  const { limit, timeoutMs, reserve } = limits;
  const announced = request.headers["content-length"];
  if (Number(announced ?? 0) > limit) throw contentTooLarge();
  if (!JSON_TYPE.test(request.headers["content-type"] ?? "")) throw unsupportedMediaType();
  if (hasContentCoding(request.headers)) throw unsupportedContentCoding();
  if (announced !== undefined) reserve(Number(announced));
  const slow = setTimeout(() => request.raw.destroy(), timeoutMs);
  try {
    return parseJson(await readBytes(request.raw, limit, announced === undefined ? reserve : () => {}));
  } finally {
    clearTimeout(slow);
  }
}

/** The stream of a body that is too large stays open, so that a response can be sent. */
async function readBytes(stream: Readable, limit: number, reserve: BodyLimits["reserve"]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    length += chunk.length;
    if (length > limit) throw contentTooLarge();
    reserve(chunk.length);
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
