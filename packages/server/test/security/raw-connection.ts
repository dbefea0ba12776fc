import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import { logins } from "../support/settings-for-tests.ts";

/** The header line that the owner of the stores sends. */
export const authorization = `Authorization: Basic ${Buffer.from(logins.owner.join(":")).toString("base64")}`;

/** A connection to the server, which ends with the test at the latest. */
export async function connectTo(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  // A server may break off what it refuses.
  socket.on("error", () => {});
  onTestFinished(() => void socket.destroy());
  await once(socket, "connect");
  return socket;
}

/** What comes over the connection until the server closes it. */
export async function untilClosed(socket: Socket): Promise<string> {
  let received = "";
  socket.on("data", (piece) => {
    received += piece;
  });
  if (!socket.closed) await once(socket, "close");
  return received;
}

/** Sends the bytes over a connection of their own. */
export async function exchange(url: string, bytes: string): Promise<string> {
  const socket = await connectTo(url);
  socket.write(bytes, "latin1");
  return untilClosed(socket);
}

/** A request without a body, as it goes over the wire. */
export function head(method: string, target: string, ...lines: readonly string[]): string {
  return [`${method} ${target} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

/** The answers in what came over a connection, one after the other. */
export function answersIn(received: string): { status: number; headers: Record<string, string>; body: string }[] {
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
