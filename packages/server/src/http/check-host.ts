import type { FastifyInstance, FastifyRequest } from "fastify";
import { badRequest } from "../api-error.ts";

/** A name or an IPv4 address, or an IPv6 address in brackets; and a port. */
const HOST = /^(?:[a-z\d._-]+|\[[a-f\d:.]+\])(?::\d{1,5})?$/i;

/**
 * Refuses a request that does not name one host (RFC 9112, section 3.2): where no `publicUrl` is set, the host becomes part of the
 * URLs in answers. An HTTP/1.0 request for anything but an operation may do without, as health checks do.
 */
export function checkHost(app: FastifyInstance): void {
  app.addHook("onRequest", async (request) => {
    const { host, raw, routeOptions } = request;
    const mayLack = raw.httpVersion === "1.0" && routeOptions.config.operationId === undefined;
    const isGood = host === "" ? mayLack : HOST.test(host) && !isRepeated(request);
    if (!isGood) throw badRequest("Host: must be there once, as a name or an address, with a port or without");
  });
}

/** Of several, `request.host` is the first, and a proxy may have gone by the last. */
function isRepeated({ raw }: FastifyRequest): boolean {
  const isHost = (text: string, at: number) => at % 2 === 0 && text.length === 4 && text.toLowerCase() === "host";
  return raw.rawHeaders.filter(isHost).length > 1;
}
