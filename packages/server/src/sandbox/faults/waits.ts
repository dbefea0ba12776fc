import type { FastifyReply } from "fastify";
import { callerInProcess } from "../fetch/caller-in-process.ts";
import { delay } from "../real-timers.ts";

/** Delays of faults. A delay ends early if its caller disconnects, and when the sandbox is reset or closed. */
export class Waits {
  readonly #waiting = new Set<AbortController>();

  /** @returns whether the delay elapsed completely */
  async pass(ms: number, { raw }: FastifyReply): Promise<boolean> {
    const waiting = new AbortController();
    const end = () => waiting.abort();
    const caller = callerInProcess.getStore();
    const signal = AbortSignal.any(caller ? [waiting.signal, caller] : [waiting.signal]);
    this.#waiting.add(waiting);
    raw.once("close", end);
    try {
      return await delay(ms, true, { signal });
    } catch {
      return false;
    } finally {
      raw.off("close", end);
      this.#waiting.delete(waiting);
    }
  }

  /** Ends all delays early. */
  end(): void {
    for (const waiting of this.#waiting) waiting.abort();
  }
}
