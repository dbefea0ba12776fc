import type { FastifyRequest } from "fastify";
import { forbidden, unsupportedMediaType } from "../../api-error.ts";

const LOOPBACK_ADDRESS = /^(127\.|::1$)/;
const LOOPBACK_HOST = /^(127(\.\d+){3}|\[::1\]|localhost)(:\d+)?$/i;

/**
 * A web page can have its own name resolved to this machine, and is then of the same origin as the sandbox; but the browser goes on
 * to send that name.
 *
 * @throws {ApiError} 403 for any other `Host` than this machine's, if only this machine is listened to
 */
export function refuseOtherHosts({ server, headers: { host = "" } }: FastifyRequest): void {
  // It has no address in process, where no network leads to it.
  const address = Object(server.server.address()).address;
  if (!LOOPBACK_ADDRESS.test(address) || LOOPBACK_HOST.test(host)) return;
  throw forbidden("Host: the control API of a sandbox on this machine is called by 127.0.0.1, [::1] or localhost");
}

/** @throws {ApiError} 403 or 415 for what a page can make a browser send */
export function refusePages({ headers }: FastifyRequest): void {
  const { origin, "sec-fetch-site": site = "none", "content-type": type = "application/json" } = headers;
  if (origin !== undefined || (site !== "none" && site !== "same-origin")) {
    throw forbidden("The control API of a sandbox takes no request of a web page");
  }
  if (!/^application\/json\b/i.test(type)) throw unsupportedMediaType();
}
