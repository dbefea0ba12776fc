import type { FastifyInstance } from "fastify";

/** A plugin that records the requests of a server, and holds the response to those whose query contains `held`. */
export class RecordedRequests {
  /** The URLs of the requests that began, in their order. */
  readonly begun: string[] = [];
  /** The largest number of requests that were under way at the same time. */
  mostUnderWay = 0;
  #underWay = 0;
  readonly #held: (() => void)[] = [];

  readonly plugin = Object.assign(async (app: FastifyInstance) => this.#addHooks(app), {
    // The hooks apply to the whole application.
    [Symbol.for("skip-override")]: true,
  });

  /** The number of responses that are held. */
  get held(): number {
    return this.#held.length;
  }

  /** Sends the response that has been held for the longest time. */
  release(): void {
    this.#held.shift()?.();
  }

  #addHooks(app: FastifyInstance): void {
    app.addHook("onRequest", async ({ url }) => {
      this.begun.push(url);
      this.#underWay++;
      this.mostUnderWay = Math.max(this.mostUnderWay, this.#underWay);
    });
    app.addHook("onSend", async ({ url }) => {
      if (!url.includes("held")) return;
      await new Promise<void>((resolve) => this.#held.push(resolve));
    });
    app.addHook("onResponse", async () => {
      this.#underWay--;
    });
  }
}
