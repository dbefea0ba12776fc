import fastify from "fastify";
import { expect, it, onTestFinished } from "vitest";
import { type BodyLimits, readJsonBody } from "../../src/http/checks/read-body.ts";
import { connectTo, head, responsesIn, untilClosed } from "../security/raw-connection.ts";

const json = "Content-Type: application/json";
const whole = (body: string | Buffer) => [`Content-Length: ${body.length}`, body] as const;
const chunked = ["Transfer-Encoding: chunked", "4\r\n[1, \r\n2\r\n2]\r\n0\r\n\r\n"] as const;

/** Opens a connection to a server that reads a body and responds with it, or with the message of the error. */
async function connectToReader(limits: Partial<BodyLimits> = {}) {
  const app = fastify();
  app.get("/", async (request) => {
    const read = readJsonBody(request, { limit: 100, timeoutMs: 60_000, reserve: () => {}, ...limits });
    return { body: await read.catch(({ message }) => message) };
  });
  onTestFinished(() => app.close());
  return connectTo(await app.listen());
}

/** Sends a request with these parts of a body, one after the other, and returns the body of the response. */
async function sendBody([header, body]: readonly [string, string | Buffer], limits: Partial<BodyLimits> = {}) {
  const socket = await connectToReader(limits);
  const received = untilClosed(socket);
  socket.write(head("GET", "/", "Host: x", "Connection: close", json, header));
  socket.write(body);
  const [response] = responsesIn(await received);
  return JSON.parse(response?.body ?? "{}").body;
}

it.each<[name: string, request: readonly [string, string | Buffer], body: unknown]>([
  ["in one piece", whole("[1, 2]"), [1, 2]],
  ["in pieces of unknown number", chunked, [1, 2]],
  ["that is not valid JSON", whole("[1, 2"), "The body is not valid JSON"],
  ["that is not in UTF-8", whole(Buffer.from([0x22, 0xe9, 0x22])), "The body is not in UTF-8"],
])("A body %s is read", async (_, request, body) => {
  expect(await sendBody(request)).toEqual(body);
});

it.each([
  ["once, if its length is known", whole("[1, 2]"), [6]],
  ["piece by piece, if its length is not known", chunked, [4, 2]],
])("The space for a body is reserved %s", async (_, request, expected) => {
  const reserved: number[] = [];
  await sendBody(request, { reserve: (bytes) => reserved.push(bytes) });
  expect(reserved).toEqual(expected);
});

it("A body for which there is no space is not read", async () => {
  const reserve = () => {
    throw new Error("There is no space.");
  };
  for (const request of [whole("[1, 2]"), chunked]) {
    expect(await sendBody(request, { reserve })).toBe("There is no space.");
  }
});

it("The connection of a body that does not arrive in time is closed", async () => {
  const socket = await connectToReader({ timeoutMs: 100 });
  socket.write(head("GET", "/", "Host: x", json, "Content-Length: 10"));
  expect(await untilClosed(socket)).toBe("");
});
