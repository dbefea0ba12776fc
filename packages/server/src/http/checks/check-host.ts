import type { FastifyInstance, FastifyRequest } from "fastify";
import { badRequest } from "../../operations/api-error.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** The route runs all checks of the contract itself, in their order. */
    runsOwnChecks?: true;
  }
}

/** A name or an IPv4 address, or an IPv6 address in brackets; with or without a port. */
const HOST = /^(?:[a-z\d._-]+|\[[a-f\d:.]+\])(?::\d{1,5})?$/i;

/**
 * Without `publicUrl`, the host becomes part of the URLs in responses.
 *
 * @throws {ApiError} 400 for a request that does not name exactly one host (RFC 9112, section 3.2)
 */
export function checkHost(request: FastifyRequest): void {
  if (HOST.test(request.host) && !isRepeated(request)) return;
  throw badRequest("Host: must be there once, as a name or an address, with a port or without");
}

/** Checks the host of requests that are outside the contract. A health check over HTTP/1.0 may omit it. */
export function addHostCheck(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => {
    const { host, is404, raw, routeOptions } = request;
    if (!is404 && !routeOptions.config.runsOwnChecks && (host !== "" || raw.httpVersion !== "1.0")) checkHost(request);
    done();
  });
}

/** If there are several, `request.host` is the first one, and a proxy may have used the last one. */
function isRepeated({ raw }: FastifyRequest): boolean {
  const isHost = (text: string, at: number) => at % 2 === 0 && text.toLowerCase() === "host";
  return raw.rawHeaders.filter(isHost).length > 1;
}
