import { afterAll, beforeEach } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import { connectionWith } from "../../src/connection/connection.ts";
import { createFetchClient } from "../../src/openapi-fetch/index.ts";
import { type RecordingServer, recordingServer } from "../recording-server.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";

export const STORE = "/v1/Stores/{storeId}/Profiles";
export const PROFILE = "/v1/Stores/{storeId}/Profiles/{profileId}";
export const IMPORTS = "/v1/Stores/{storeId}/Profiles/Imports";
export const storeId = "mem_store_00000000000000000000000000";
export const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
export const canonicalProfileId = "mem_profile_00000000000000000000000000";
export const init = { params: { path: { storeId, profileId } } } as const;
export const found = { status: 200, body: { id: profileId, createdAt: "2026-01-01T00:00:00Z", traits: {} } };
export const credentials = { apiKey: "key", apiSecret: "secret" };
export const basic = `Basic ${btoa("key:secret")}`;
export const notFound = {
  code: 20404,
  message: "No profile has this ID",
  more_info: "https://example.com/20404",
  status: 404,
};
export const traits = { Contact: { email: "ada.reyes@example.com" } };
export const reset = (response: { socket: { resetAndDestroy(): void } | null }) => response.socket?.resetAndDestroy();
export const body = {
  filename: "a.csv",
  fileSize: 10,
  columnMappings: [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ],
};

/** The servers of the test file that imports this module: one at the base URL, and one of another origin. */
export const server: RecordingServer = await recordingServer();
export const elsewhere: RecordingServer = await recordingServer();
afterAll(() => Promise.all([server.close(), elsewhere.close()]));
beforeEach(() => {
  server.requests.length = 0;
  elsewhere.requests.length = 0;
  server.respondWith(found);
});

/** Creates an openapi-fetch client of the server. Its pauses take no time. */
export function connected(options: ClientOptions = {}) {
  const environment = fakeEnvironment();
  const connection = connectionWith(environment, { baseUrl: server.url, credentials, ...options });
  return { connection, client: createFetchClient({ connection }), pauses: environment.pauses };
}
