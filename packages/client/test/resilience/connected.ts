import { afterAll, beforeEach } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import { type RecordingServer, recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "./fake-environment.ts";

export const storeId = "mem_store_00000000000000000000000000";
export const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
export const path = { storeId, profileId } as const;
export const found = { status: 200, body: { id: profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} } };
export const tooMany = (retryAfter?: string) => ({
  status: 429,
  headers: { ...(retryAfter !== undefined && { "retry-after": retryAfter }) },
});

/** The server of the test file that imports this module. */
export const server: RecordingServer = await recordingServer();
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
});

/** Returns a connection to the server whose pauses take no time, and the lengths of these pauses. */
export function connected(options: ClientOptions = {}, environment = fakeEnvironment()) {
  const credentials = { apiKey: "key", apiSecret: "secret" };
  const connection = connectionWith(environment, { baseUrl: server.url, credentials, ...options });
  return { connection, pauses: environment.pauses };
}
