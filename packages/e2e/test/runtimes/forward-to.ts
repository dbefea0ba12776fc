import { request as createRequest, type RequestListener } from "node:http";
import { pipeline } from "node:stream";

/**
 * Forwards requests to an API without buffering: a slow response stays slow, and a broken connection is broken on both sides. A request
 * whose target is an absolute URL goes to that URL instead.
 */
export function forwardTo(api: string): RequestListener {
  return (incoming, outgoing) => {
    const { method, url = "/", headers } = incoming;
    const resetOnError = (error: unknown) => {
      if (error) incoming.socket.resetAndDestroy();
    };
    const forwarded = createRequest(new URL(url, api), { method, headers, agent: false });
    forwarded.on("response", (response) => {
      outgoing.writeHead(response.statusCode ?? 502, response.rawHeaders);
      outgoing.flushHeaders();
      pipeline(response, outgoing, resetOnError);
    });
    forwarded.on("error", resetOnError);
    outgoing.on("close", () => forwarded.destroy());
    pipeline(incoming, forwarded, () => {});
  };
}
