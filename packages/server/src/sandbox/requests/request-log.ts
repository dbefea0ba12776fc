import type { FastifyPluginAsync, FastifyRequest } from "fastify";
import { CONTROL_PREFIX } from "../control/control-prefix.ts";
import { rootPlugin } from "../root-plugin.ts";
import { Exchange, type ExchangeRecord } from "./exchange-record.ts";

const MAX_EXCHANGES = 1000;

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route is a page of the sandbox, not part of the API. */
    isPage?: true;
  }
}

/** The last 1000 exchanges, except those of the control API and of pages. */
export class RequestLog {
  readonly #now: () => number;
  #exchanges: Exchange[] = [];

  /** @param now milliseconds since 1970 */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Returns the exchanges in the order of the requests. */
  exchanges(): ExchangeRecord[] {
    return this.#exchanges.map((exchange) => exchange.record());
  }

  clear(): void {
    this.#exchanges = [];
  }

  /** Records exchanges. Register it before plugins that can respond instead of the application. */
  plugin(): FastifyPluginAsync {
    const open = new WeakMap<FastifyRequest, Exchange>();
    return rootPlugin((app) => {
      app.addHook("onRequest", async (request) => {
        if (request.url.startsWith(CONTROL_PREFIX) || request.routeOptions.config.isPage) return;
        const exchange = new Exchange(this.#now(), request);
        open.set(request, exchange);
        this.#exchanges = [...this.#exchanges.slice(1 - MAX_EXCHANGES), exchange];
      });
      app.addHook("onSend", async (request, reply, payload) => {
        open.get(request)?.respond(reply, payload);
        return payload;
      });
    });
  }
}
