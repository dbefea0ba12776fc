import type { FastifyInstance } from "fastify";
import { deprecationHeaders } from "#generated/deprecation-headers.js";

/**
 * Adds `Deprecation` and `Sunset` to every response of a deprecated operation, errors included. Only its route gets a hook, so the
 * other operations have no extra work.
 *
 * @param headers the headers of each deprecated operation; by default, those that are generated from the contract
 */
export function addDeprecationHeaders(app: FastifyInstance, headers = deprecationHeaders): void {
  app.addHook("onRoute", (route) => {
    const own = headers[route.config?.operationId ?? ""];
    if (own === undefined) return;
    route.onRequest = [
      ...[route.onRequest ?? []].flat(),
      (_request, reply, done) => {
        reply.headers(own);
        done();
      },
    ];
  });
}
