import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";

export interface LocalServer {
  /** Without a trailing slash. */
  readonly url: string;
  /** Closes the server and all its connections. */
  close(): Promise<void>;
}

/** Starts an HTTP server on a free port of 127.0.0.1. */
export function startLocalServer(listener: RequestListener): Promise<LocalServer> {
  return listenLocally(createServer(listener));
}

/** Makes a server listen on a free port of 127.0.0.1. */
export async function listenLocally(server: Server, scheme: "http" | "https" = "http"): Promise<LocalServer> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `${scheme}://127.0.0.1:${address.port}`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}

/**
 * Serves a page that loads a script. Both have the same origin as the other routes.
 *
 * @param script source of an ES module
 * @param otherRoutes handles all requests except those for the page and the script
 */
export function servePage(script: string, otherRoutes: RequestListener): Promise<LocalServer> {
  const page = '<!doctype html><body><main></main><script type="module" src="/page.js"></script>';
  return startLocalServer((request, response) => {
    if (request.url === "/") response.setHeader("Content-Type", "text/html").end(page);
    else if (request.url === "/page.js") response.setHeader("Content-Type", "text/javascript").end(script);
    else otherRoutes(request, response);
  });
}
