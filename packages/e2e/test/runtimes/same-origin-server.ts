import { once } from "node:events";
import { createServer, type IncomingMessage, request as requestOf, type ServerResponse } from "node:http";
import { pipeline } from "node:stream";

/** What a page is made of, by path. */
export type PageFiles = Readonly<Record<string, { readonly type: string; readonly text: string }>>;

/**
 * Serves a page, and passes everything else on to an API, so that both are of one origin. Nothing is changed on the way: an answer that
 * is slow stays slow, and a connection that breaks off on one side breaks off on the other.
 */
export async function sameOriginServer(files: PageFiles, api: string) {
  const server = createServer((incoming, outgoing) => {
    const file = files[incoming.url ?? ""];
    if (file === undefined) passOn(incoming, outgoing, api);
    else outgoing.writeHead(200, { "Content-Type": file.type }).end(file.text);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, api: string): void {
  const { method, url, headers } = incoming;
  const passed = requestOf(api, { path: url, method, headers, agent: false });
  passed.on("response", (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    outgoing.flushHeaders();
    pipeline(answer, outgoing, breakOff);
  });
  passed.on("error", breakOff);
  outgoing.on("close", () => passed.destroy());
  pipeline(incoming, passed, () => {});

  function breakOff(error: unknown): void {
    if (error) incoming.socket.resetAndDestroy();
  }
}
