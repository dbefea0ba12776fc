import type { Readable } from "node:stream";
import { operations } from "@memory-api/types";
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from "fastify";
import { breakConnection } from "./faults/fault-plugin.ts";
import { Gate } from "./gate.ts";
import { rootPlugin } from "./root-plugin.ts";

/** Prevents requests from taking effect while the sandbox is reset, saved or restored. */
export class RequestGate extends Gate {
  /** Requests whose body has not arrived completely. They are outside the gate, so a slow sender blocks nothing. */
  readonly #incomplete = new Map<FastifyRequest, FastifyReply>();
  readonly #dropped = new WeakSet<FastifyRequest>();

  /**
   * Makes each request of an operation pass the gate. The request is inside until its handler returns, because a handler continues
   * after its caller disconnects. A handler that reads a body enters when it has read all of it.
   */
  plugin(): FastifyPluginAsync {
    return rootPlugin((app) => {
      const gate = this;
      app.addHook("onRoute", (route) => {
        const operationId = route.config?.operationId;
        if (operationId === undefined) return;
        const { handler } = route;
        const hasBody = operations[operationId].mediaType !== null;
        route.handler = function pass(request, reply) {
          const handle = async () => handler.call(this, request, reply);
          return hasBody ? gate.#passWithBody(request, reply, handle) : gate.pass(handle);
        };
      });
    });
  }

  /** Breaks the connections of the requests that have not entered because their body was incomplete. They never take effect. */
  dropIncomplete(): void {
    for (const [request, reply] of this.#incomplete) {
      this.#dropped.add(request);
      breakConnection(request, reply);
    }
  }

  async #passWithBody<T>(
    request: FastifyRequest,
    reply: FastifyReply,
    handle: () => Promise<T>,
  ): Promise<T | undefined> {
    await this.opened();
    let leave: (() => void) | undefined;
    this.#incomplete.set(request, reply);
    beforeEnd(request.raw, async () => {
      leave = await this.enter();
      this.#incomplete.delete(request);
      if (this.#dropped.has(request))
        throw new Error("The sandbox was reset or restored before the body was complete.");
    });
    try {
      return await handle();
    } catch (error) {
      // The reply is hijacked, and Fastify would log the error.
      if (this.#dropped.has(request)) return undefined;
      throw error;
    } finally {
      this.#incomplete.delete(request);
      leave?.();
    }
  }
}

/** Runs the work after the last chunk of the stream, before its reader learns that it has ended. */
function beforeEnd(stream: Readable, work: () => Promise<void>): void {
  const iterate = stream.iterator.bind(stream);
  stream.iterator = async function* iterateAndWork(options) {
    yield* iterate(options);
    await work();
    return undefined;
  };
  stream[Symbol.asyncIterator] = () => stream.iterator();
}
