import { subscribe } from "node:diagnostics_channel";

/**
 * Encodes the percent signs of every URL that cannot be decoded, in this thread only. Prism decodes a path outside of the handling of the
 * request, so that an error ends its thread. It gives no access to its HTTP server.
 */
export function encodeMalformedUrls(): void {
  subscribe("http.server.request.start", (message) => {
    const { request } = Object(message);
    try {
      decodeURIComponent(request.url);
    } catch {
      request.url = request.url.replaceAll("%", "%25");
    }
  });
}
