import { once } from "node:events";
import { connect, type Socket, type TcpNetConnectOpts } from "node:net";
import { onTestFinished } from "vitest";
import { logins } from "../support/settings-for-tests.ts";

/** The credentials of the owner of the stores, as a header line. */
export const authorization = `Authorization: Basic ${Buffer.from(logins.owner.join(":")).toString("base64")}`;

/** Opens a connection to the server, which is closed after the test. */
export async function connectTo(url: string, options: Partial<TcpNetConnectOpts> = {}): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect({ port: Number(port), host: hostname, ...options });
  // A server may close a connection early.
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** Everything that arrives until the connection is closed. */
export async function untilClosed(socket: Socket): Promise<string> {
  let received = "";
  socket.on("data", (piece) => {
    received += piece;
  });
  if (!socket.closed) await new Promise((resolve) => socket.once("close", resolve));
  return received;
}

/** Sends the bytes on a new connection, and returns everything that arrives. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const socket = await connectTo(url);
  socket.write(bytes, "latin1");
  return untilClosed(socket);
}

/** The bytes of a request without a body. */
export function head(method: string, target: string, ...lines: readonly string[]): string {
  return [`${method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

/** The responses in the bytes of a connection. */
export function responsesIn(received: string): { status: number; headers: Record<string, string>; body: string }[] {
  return received
    .split(/(?=HTTP\/1\.1 \d{3} )/)
    .filter((text) => text !== "")
    .map((text) => {
      const [start = "", ...lines] = text.slice(0, text.indexOf("\r\n\r\n")).split("\r\n");
      const headers = lines
        .map((line) => line.split(/: (.*)/, 2))
        .map(([name = "", value = ""]) => [name.toLowerCase(), value]);
      return {
        status: Number(start.split(" ")[1]),
        headers: Object.fromEntries(headers),
        body: text.slice(text.indexOf("\r\n\r\n") + 4),
      };
    });
}
