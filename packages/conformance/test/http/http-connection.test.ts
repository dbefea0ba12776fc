import { once } from "node:events";
import { createServer } from "node:net";
import { expect, it } from "vitest";
import { HttpConnection } from "../../src/http/http-connection.ts";

/** Responds to the beginning of a request, and closes the connection. */
async function startHastyServer() {
  const server = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => {
      socket.pause();
      socket.write("HTTP/1.1 413 Payload Too Large\r\nContent-Length: 2\r\n\r\n{}");
      socket.destroy();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return server;
}

it("survives a server that responds and closes the connection before it has read the body", async () => {
  const server = await startHastyServer();
  const connection = new HttpConnection();
  try {
    const url = `http://127.0.0.1:${Object(server.address()).port}/`;
    const body = Buffer.alloc(16 * 2 ** 20);
    // An error that no one listens to would arrive after the response, and fail the run of the tests.
    for (let attempt = 0; attempt < 3; attempt++) {
      const { response } = await connection.send({ method: "POST", url, headers: {}, body });
      expect(response.status).toBe(413);
    }
  } finally {
    connection.close();
    server.close();
  }
});
