import { Socket } from "node:net";
import { Readable } from "node:stream";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { nextTurn } from "../real-timers.ts";
import { rootPlugin } from "../root-plugin.ts";
import { FAULT_HEADER, type Fault, readFault } from "./fault.ts";
import { faultError } from "./fault-status.ts";
import type { Faults } from "./faults.ts";
import type { Waits } from "./waits.ts";

/** A slow response is sent in this many chunks per second, if it has enough bytes. */
const CHUNKS_PER_SECOND = 10;

type FaultOf<Kind extends Fault["kind"]> = Extract<Fault, { kind: Kind }>;

/** Carries out faults, over the network and in process. Only operations of the contract have faults. */
export function faultPlugin(faults: Faults, waits: Waits): FastifyPluginAsync {
  const responseFaults = new WeakMap<FastifyRequest, Fault>();
  return rootPlugin((app) => {
    app.addHook("onRequest", async (request, reply) => {
      const fault = chooseFault(faults, request);
      if (fault?.kind === "status") throw faultError(fault.status, fault.retryAfter);
      if (fault?.kind === "latency" && !(await waits.pass(fault.ms, reply))) breakConnection(request, reply);
      if (fault?.kind === "reset") breakConnection(request, reply);
      if (fault?.kind === "truncate" || fault?.kind === "slow") responseFaults.set(request, fault);
    });
    app.addHook("onSend", async (request, reply, payload) => {
      const fault = responseFaults.get(request);
      if (fault?.kind === "slow") return slowDown(fault, waits, reply, payload);
      return fault?.kind === "truncate" ? truncate(fault, request, reply, payload) : payload;
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

/** Breaks the connection of a request. In process, there is no socket: the destroyed response makes `fetch` reject. */
export function breakConnection({ raw }: FastifyRequest, reply: FastifyReply): void {
  reply.hijack();
  if (raw.socket instanceof Socket) {
    raw.socket.resetAndDestroy();
    return;
  }
  reply.raw.destroy();
  raw.destroy();
}

function slowDown({ bytesPerSecond }: FaultOf<"slow">, waits: Waits, reply: FastifyReply, payload: unknown): unknown {
  const whole = bytesOf(payload);
  if (whole.length === 0) return payload;
  reply.header("Content-Length", whole.length);
  return Readable.from(slowChunks(whole, bytesPerSecond, (ms) => waits.pass(ms, reply)));
}

async function* slowChunks(
  bytes: Buffer,
  bytesPerSecond: number,
  pass: (ms: number) => Promise<boolean>,
): AsyncGenerator<Buffer> {
  const size = Math.max(1, Math.floor(bytesPerSecond / CHUNKS_PER_SECOND));
  for (let at = 0; at < bytes.length; at += size) {
    if (at > 0 && !(await pass((size / bytesPerSecond) * 1000)))
      throw new Error("The caller disconnected during a slow response.");
    yield bytes.subarray(at, at + size);
  }
}

function truncate(fault: FaultOf<"truncate">, request: FastifyRequest, reply: FastifyReply, payload: unknown): unknown {
  const whole = bytesOf(payload);
  const length = Math.min(fault.bytes ?? Math.ceil(whole.length / 2), whole.length - 1);
  if (length > 0) {
    reply.header("Content-Length", whole.length);
    return Readable.from(breakAfter(whole.subarray(0, length)));
  }
  // A response without a body cannot be truncated, so all of it is lost.
  breakConnection(request, reply);
  return new Promise(() => {});
}

/** Breaks the stream in the next turn, because a stream that breaks drops the bytes that it has not sent. */
async function* breakAfter(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
  await nextTurn();
  throw new Error("A fault truncated this response.");
}

function bytesOf(payload: unknown): Buffer {
  return Buffer.from(typeof payload === "string" ? payload : "");
}
