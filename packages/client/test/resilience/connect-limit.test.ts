import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { ClientRequest } from "node:http";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import { fetchProfile } from "../../src/generated/operations.ts";
import { nodeHttp } from "../../src/transports/node-http.ts";
import { recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "./fake-environment.ts";

const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;
const profile = { id: path.profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} };

let server: Awaited<ReturnType<typeof recordingServer>>;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());

/** Starts a call, and passes the request of Node.js to a listener. Its socket is not connected yet. */
function call(onRequest: (request: ClientRequest) => void) {
  const listen = (message: unknown) => onRequest(Object(message).request);
  subscribe("http.client.request.start", listen);
  onTestFinished(() => void unsubscribe("http.client.request.start", listen));
  const options = { baseUrl: server.url, credentials: false, fetch: nodeHttp, retry: false } as const;
  return fetchProfile(connectionWith(fakeEnvironment(), options), { path });
}

// Node.js emits "timeout" on the socket at the limit. The tests emit it instead of waiting for it.
describe("the limit of a connection", () => {
  it("ends an attempt that is not connected in time; its request cannot have arrived", async () => {
    server.respondWith({ status: 200, body: profile });
    let limit: number | undefined;
    const late = call(({ socket }) => {
      limit = socket?.timeout;
      socket?.emit("timeout");
    });
    await expect(late).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining("connect ETIMEDOUT"),
      code: "ETIMEDOUT",
      mayHaveArrived: false,
    });
    expect(limit).toBe(10_000);
    expect(server.requests).toEqual([]);
  });

  it("does not end an attempt that is connected and waits for the response", async () => {
    let sent: ClientRequest | undefined;
    let timeouts = 0;
    server.respondWith((response) => {
      sent?.socket?.emit("timeout");
      response.end(JSON.stringify(profile));
    });
    const slow = call((request) => {
      sent = request.on("timeout", () => timeouts++);
    });
    await expect(slow).resolves.toEqual(profile);
    expect(timeouts).toBe(1);
  });
});
