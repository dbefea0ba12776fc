import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { HttpRequest, HttpResponse } from "../../src/http/exchange.ts";
import { HttpConnection } from "../../src/http/http-connection.ts";
import type { Target } from "../../src/target.ts";

/** Changes a response of the implementation. */
export type Fault = (request: HttpRequest, response: HttpResponse) => HttpResponse;

/** Starts a proxy that makes a correct implementation faulty. */
export async function startFaultyProxy(target: Target, fault: Fault) {
  const connection = new HttpConnection();
  const server = createServer(async (message, reply) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const { host: _, connection: __, ...headers } = message.headersDistinct;
    const request = {
      method: message.method ?? "",
      url: `${target.baseUrl}${message.url}`,
      headers: Object.fromEntries(Object.entries(headers).map(([name, values = []]) => [name, values])),
      ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    };
    const { response } = await connection.send(request);
    const { status, headers: received, body } = fault(request, response);
    const { "content-length": ___, "transfer-encoding": ____, connection: _____, ...rest } = received;
    reply.writeHead(status, Object.fromEntries(Object.entries(rest).map(([name, values]) => [name, [...values]])));
    reply.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  return {
    target: { ...target, baseUrl },
    async stop() {
      connection.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
