import type { FastifyPluginAsync } from "fastify";
import type { Gate } from "./gate.ts";
import { rootPlugin } from "./root-plugin.ts";

/**
 * Has operations of the contract pass the gate, from the first look at a request until its answer is out or its connection broke
 * off. A handler goes on when its caller is gone, so it is the handler that counts, and not the connection.
 */
export function requestGate(gate: Gate): FastifyPluginAsync {
  return rootPlugin((app) => {
    app.addHook("onRoute", (route) => {
      if (route.config?.operationId === undefined) return;
      const { handler } = route;
      route.handler = function pass(request, reply) {
        return gate.pass(async () => handler.call(this, request, reply));
      };
    });
  });
}
