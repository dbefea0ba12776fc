import { once } from "node:events";
import { Socket } from "node:net";
import fastify from "fastify";
import { describe, expect, it, onTestFinished } from "vitest";
import { addErrorResponses, rejectMalformed } from "../../src/http/error-responses.ts";
import { Readiness } from "../../src/observation/readiness.ts";
import { internalError, notFound, unavailable } from "../../src/operations/api-error.ts";
import { AbandonedCallError, StorageBusyError, StorageUnavailableError } from "../../src/storage/storage.ts";
import { connectTo, head } from "../security/raw-connection.ts";
import { responseFaults } from "../support/check-response.ts";
import { profilesOf } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { loggedApp } from "./logged-app.ts";

const target = profilesOf(storeId);

describe("a response with status 503", () => {
  it.each<[retryAfterSeconds: number | undefined, header: string | undefined]>([
    [undefined, undefined],
    [3, "3"],
  ])("has the contract's Retry-After for %j seconds", async (seconds, header) => {
    const app = fastify();
    addErrorResponses(app, new Readiness(async () => []), undefined);
    app.get("*", async () => {
      throw unavailable(seconds);
    });
    const { statusCode: status, headers, body } = await app.inject(target);
    expect(headers["retry-after"]).toBe(header);
    const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
    expect(responseFaults({ method: "GET", target, status, headers: sent, body })).toEqual([]);
  });
});

/** Sends a request whose handler throws the error. */
async function responseTo(error: unknown) {
  const { app, log } = loggedApp();
  const readiness = new Readiness(async () => []);
  onTestFinished(() => readiness.stop());
  addErrorResponses(app, readiness, undefined);
  app.get("*", async () => {
    throw error;
  });
  const { statusCode: status, headers, body } = await app.inject(target);
  const sent = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
  expect(responseFaults({ method: "GET", target, status, headers: sent, body })).toEqual([]);
  const { code, message } = JSON.parse(body);
  return {
    status,
    code,
    message,
    retryAfter: sent["retry-after"],
    readiness,
    log: log(),
  };
}

const withStatus = (statusCode: number) => Object.assign(new Error("The message of a library"), { statusCode });

describe("an error", () => {
  const { message: failed } = internalError();
  const { message: busy } = unavailable();
  const malformed = "The request is malformed";
  it.each<[name: string, error: unknown, expected: object]>([
    [
      "of the contract",
      notFound("No profile has this ID"),
      { status: 404, code: 20404, message: "No profile has this ID" },
    ],
    ["of a busy storage", new StorageBusyError("Busy"), { status: 503, code: 20503, message: busy, retryAfter: "1" }],
    [
      "of a storage that failed",
      new StorageUnavailableError("Full"),
      { status: 503, message: busy, retryAfter: undefined },
    ],
    ["of a caller that is gone", new AbandonedCallError("Gone"), { status: 400, message: "The connection was closed" }],
    ["of the router", withStatus(400), { status: 400, code: 400, message: malformed }],
    ["of the router, with another status", withStatus(499), { status: 400, code: 400, message: malformed }],
    ["with a status that is not an error", withStatus(399), { status: 500, code: 20500, message: failed }],
    ["with the status of a failure", withStatus(500), { status: 500, code: 20500, message: failed }],
    ["without a status", new Error("A bug"), { status: 500, code: 20500, message: failed }],
    ["that is not an Error", "text", { status: 500, code: 20500, message: failed }],
  ])("%s has a response of the contract", async (_, error, expected) => {
    expect(await responseTo(error)).toMatchObject(expected);
  });

  it.each([
    { when: "because the client left before its body was complete", length: 9, sent: [400, "The body is incomplete"] },
    { when: "after the whole body was read", length: 8, sent: [500, failed] },
  ])("$when has the right status", async ({ length, sent }) => {
    const { app } = loggedApp();
    const readiness = new Readiness(async () => []);
    addErrorResponses(app, readiness, undefined);
    const responded = Promise.withResolvers<unknown>();
    app.addHook("onSend", async (_request, { statusCode }, payload) =>
      responded.resolve([statusCode, JSON.parse(String(payload)).message]),
    );
    const begun = Promise.withResolvers<void>();
    app.get("/", async ({ raw }) => {
      begun.resolve();
      await once(raw.resume(), "close");
      throw new Error("The body was read.");
    });
    onTestFinished(async () => {
      readiness.stop();
      await app.close();
    });
    const socket = await connectTo(await app.listen());
    socket.write(`${head("GET", "/", "Host: x", `Content-Length: ${length}`)}${"a".repeat(8)}`);
    await begun.promise;
    if (length > 8) socket.destroy();
    expect(await responded.promise).toEqual(sent);
  });

  it("of a storage that failed ends the readiness of the server", async () => {
    expect((await responseTo(new StorageBusyError("Busy"))).readiness.isReady).toBe(true);
    expect((await responseTo(new StorageUnavailableError("Full"))).readiness.isReady).toBe(false);
  });

  it("is logged if it is a failure of the server, with its place and the reason of a storage that failed", async () => {
    expect((await responseTo(notFound("No profile has this ID"))).log).toEqual([]);
    const bug = Object.assign(new TypeError("value"), { code: "E_BUG" });
    bug.stack = "TypeError: value\n    at first (a.ts:1:2)\nvalue\n    at second (b.ts:3:4)";
    const at = ["    at first (a.ts:1:2)", "    at second (b.ts:3:4)"];
    expect((await responseTo(bug)).log).toMatchObject([
      { level: "error", operation: "none", msg: "request failed", error: { name: "TypeError", code: "E_BUG", at } },
    ]);
    expect((await responseTo(bug)).log[0]?.["error"]).not.toHaveProperty("reason");
    expect((await responseTo(new StorageUnavailableError("Full"))).log).toMatchObject([{ error: { reason: "Full" } }]);
  });
});

describe("bytes that are not HTTP", () => {
  it("get no response on a connection that cannot be written", () => {
    const socket = new Socket().end();
    expect([socket.writable, socket.destroyed]).toEqual([false, false]);
    rejectMalformed(new Error("Parse Error"), socket);
    expect(socket.destroyed).toBe(true);
  });
});
