import type { IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { build } from "esbuild";
import { servePage } from "../../support/local-server.ts";

/** A page with its server. */
export interface GuidePage {
  readonly url: string;
  /** Headers of the requests to `/memory/*`. */
  readonly requests: readonly IncomingMessage["headers"][];
  close(): Promise<void>;
}

/**
 * Serves a page that runs a script.
 *
 * @param script source of a module that can import the files of this folder
 * @param route handles all requests except those for the page itself
 */
export async function serveGuidePage(
  script: string,
  route: (request: Request) => Promise<Response>,
): Promise<GuidePage> {
  const { outputFiles } = await build({
    stdin: { contents: script, resolveDir: import.meta.dirname },
    bundle: true,
    format: "esm",
    jsx: "automatic",
    define: { "process.env.NODE_ENV": '"production"' },
    write: false,
  });
  const requests: IncomingMessage["headers"][] = [];
  const server = await servePage(outputFiles[0]?.text ?? "", async (incoming, outgoing) => {
    if (incoming.url?.startsWith("/memory/")) requests.push(incoming.headers);
    const response = await route(await requestOf(incoming));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers)).end(await response.text());
  });
  return { ...server, requests };
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
