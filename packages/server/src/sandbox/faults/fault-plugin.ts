import { Socket } from "node:net";
import { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { ApiError, tooManyRequests, unavailable } from "../../api-error.ts";
import { rootPlugin } from "../root-plugin.ts";
import { FAULT_HEADER, type Fault, readFault } from "./fault.ts";
import type { Faults } from "./faults.ts";
import type { Waits } from "./waits.ts";

/** Seconds that a 429 asks for where the fault names none. */
const DEFAULT_RETRY_AFTER = 1;
/** A slow answer comes in this many pieces a second, as far as it has the bytes. */
const PIECES_PER_SECOND = 10;

type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>;

/** Carries out faults, over the network and under `inject` alike. Only operations of the contract have them. */
export function faultPlugin(faults: Faults, waits: Waits): FastifyPluginAsync {
  const ofAnswers = new WeakMap<FastifyRequest, Fault>();
  return rootPlugin((app) => {
    app.addHook("onRequest", async (request, reply) => {
      const fault = chooseFault(faults, request);
      if (fault?.kind === "status") throw refusal(fault);
      if (fault?.kind === "latency" && !(await waits.pass(fault.ms, reply))) breakOff(request, reply);
      if (fault?.kind === "reset") breakOff(request, reply);
      if (fault?.kind === "truncate" || fault?.kind === "slow") ofAnswers.set(request, fault);
    });
    app.addHook("onSend", async (request, reply, payload) => {
      const fault = ofAnswers.get(request);
      if (fault?.kind === "slow") return slowDown(fault, waits, reply, payload);
      return fault?.kind === "truncate" ? cutOff(fault, request, reply, payload) : payload;
    });
    app.addHook("preClose", async () => waits.end());
  });
}

function chooseFault(faults: Faults, request: FastifyRequest): Fault | undefined {
  const { operationId } = request.routeOptions.config;
  if (operationId === undefined) return undefined;
  const target = { operationId, method: request.method };
  const header = request.headers[FAULT_HEADER.toLowerCase()];
  if (header === undefined) return faults.next(target);
  const fault = readFault(String(header));
  faults.record(target, fault);
  return fault;
}

function refusal({ status, retryAfter }: FaultOf<"status">): ApiError {
  if (status === 429) return tooManyRequests(retryAfter ?? DEFAULT_RETRY_AFTER);
  const { code, message } = unavailable();
  return new ApiError(status, code, message, retryAfter === undefined ? {} : { "Retry-After": String(retryAfter) });
}

/** Under `inject` there is no socket: the answer that ends without a byte is its broken connection. */
function breakOff(request: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  if (request.raw.socket instanceof Socket) request.raw.socket.resetAndDestroy();
  else reply.raw.destroy();
}

function slowDown({ bytesPerSecond }: FaultOf<"slow">, waits: Waits, reply: FastifyReply, payload: unknown): unknown {
  const whole = bytesOf(payload);
  if (whole.length === 0) return payload;
  reply.header("Content-Length", whole.length);
  return Readable.from(trickle(whole, bytesPerSecond, (ms) => waits.pass(ms, reply)));
}

async function* trickle(
  bytes: Buffer,
  bytesPerSecond: number,
  pass: (ms: number) => Promise<boolean>,
): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.floor(bytesPerSecond / PIECES_PER_SECOND));
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0 && !(await pass((size / bytesPerSecond) * 1000))) throw new Error("Nobody waits for this slow answer.");
    yield bytes.subarray(at, at + size);
  }
}

function cutOff(fault: FaultOf<"truncate">, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const whole = bytesOf(payload);
  const length = Math.min(fault.bytes ?? Math.ceil(whole.length / 2), whole.length - 1);
  if (length > 0) {
    reply.header("Content-Length", whole.length);
    return Readable.from(cut(whole.subarray(0, length)));
  }
  // An answer without a body has nothing to be cut but itself.
  breakOff(request, reply);
  return new Promise(() => {});
}

/** Waits until the part is on its way, since what breaks off takes with it what is not. */
async function* cut(part: Buffer): AsyncGenerator<Buffer> {
  yield part;
  await setImmediate();
  throw new Error("The sandbox cut this answer off, as a fault asks for.");
}

function bytesOf(payload: unknown): Buffer {
  return Buffer.from(typeof payload === "string" ? payload : "");
}
