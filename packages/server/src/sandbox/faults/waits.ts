import { setTimeout } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import { callerInProcess } from "../fetch/caller-in-process.ts";

/** The time that faults let pass. It ends early for a caller who is gone, and for all when the sandbox is reset or closes. */
export class Waits {
  readonly #waiting = new Set<AbortController>();

  /** @returns whether all of the time passed */
  async pass(ms: number, { raw }: FastifyReply): Promise<boolean> {
    const waiting = new AbortController();
    const end = () => waiting.abort();
    const caller = callerInProcess.getStore();
    const signal = AbortSignal.any(caller ? [waiting.signal, caller] : [waiting.signal]);
    this.#waiting.add(waiting);
    raw.once("close", end);
    try {
      return await setTimeout(ms, true, { signal });
    } catch {
      return false;
    } finally {
      raw.off("close", end);
      this.#waiting.delete(waiting);
    }
  }

  /** Ends all of them early. */
  end(): void {
    for (const waiting of this.#waiting) waiting.abort();
  }
}
