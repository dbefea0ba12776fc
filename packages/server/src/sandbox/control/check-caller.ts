import type { FastifyRequest } from "fastify";
import { forbidden, unsupportedMediaType } from "../../operations/api-error.ts";

const LOOPBACK_ADDRESS = /^(127\.|::1$)/;
const LOOPBACK_HOST = /^(127(\.\d+){3}|\[::1\]|localhost)(:\d+)?$/i;

/**
 * Prevents DNS rebinding: a web page can make its own host name resolve to this machine, and then has the same origin as the
 * sandbox, but the browser sends that host name.
 *
 * @throws {ApiError} 403 if the server listens on the loopback interface, and `Host` is not a name of this machine
 */
export function rejectOtherHosts({ server, headers: { host = "" } }: FastifyRequest): void {
  // In process, the server has no address, and no network leads to it.
  const address = Object(server.server.address()).address;
  if (!LOOPBACK_ADDRESS.test(address) || LOOPBACK_HOST.test(host)) return;
  throw forbidden("Host: the host name of the control API of a sandbox must be 127.0.0.1, [::1] or localhost");
}

/** @throws {ApiError} 403 or 415 for a request that a web page can make a browser send, except for the sandbox's own page */
export function rejectWebPages(request: FastifyRequest): void {
  const { headers } = request;
  const { origin, "sec-fetch-site": site = "none", "content-type": type = "application/json" } = headers;
  if ((origin !== undefined && !isOwnOrigin(origin, request)) || (site !== "none" && site !== "same-origin")) {
    throw forbidden("The control API of a sandbox does not accept requests from web pages");
  }
  if (!/^application\/json\b/i.test(type)) throw unsupportedMediaType();
}

/** @throws {ApiError} 403 for a request from another machine, whatever the server listens on */
export function rejectOtherMachines({ raw: { socket }, headers: { host = "" } }: FastifyRequest): void {
  const address = (socket.remoteAddress ?? "").replace(/^::ffff:/, "");
  if (LOOPBACK_ADDRESS.test(address) && LOOPBACK_HOST.test(host)) return;
  throw forbidden("Only a browser on the machine of the sandbox can open this page, as 127.0.0.1, [::1] or localhost");
}

/** The page of a sandbox has the address and the port on which the sandbox listens. */
function isOwnOrigin(origin: string, { raw: { socket }, headers: { host = "" } }: FastifyRequest): boolean {
  return origin === `http://${host}` && LOOPBACK_HOST.test(host) && host.endsWith(`:${socket.localPort}`);
}
