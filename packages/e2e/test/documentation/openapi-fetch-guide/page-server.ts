import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { build } from "esbuild";

/** A server of a page and its route, on a free port. */
export interface PageServer {
  readonly url: string;
  /** Headers of the requests to the route. */
  readonly requests: readonly IncomingMessage["headers"][];
  close(): Promise<void>;
}

/**
 * Serves a page that runs a script, and the route `/memory/*` of the page's own server.
 *
 * @param script module that may import the files of this folder
 * @param route handles the requests to `/memory/*`
 */
export async function servePage(script: string, route: (request: Request) => Promise<Response>): Promise<PageServer> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  const page =
    '<!doctype html><title>Profiles</title><body><main></main><script type="module" src="/page.js"></script>';
  const requests: IncomingMessage["headers"][] = [];
  const server = createServer(async (incoming, outgoing) => {
    if (incoming.url === "/page.js")
      return outgoing.setHeader("Content-Type", "text/javascript").end(outputFiles[0]?.text);
    if (!incoming.url?.startsWith("/memory/")) return outgoing.setHeader("Content-Type", "text/html").end(page);
    requests.push(incoming.headers);
    await answer(await route(await requestOf(incoming)), outgoing);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    requests,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

async function requestOf(incoming: IncomingMessage): Promise<Request> {
  const headers = new Headers(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
  const body = await text(incoming);
  return new Request(`http://${headers.get("host")}${incoming.url}`, {
    method: incoming.method ?? "GET",
    headers,
    body: body || null,
  });
}

async function answer(response: Response, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
}
