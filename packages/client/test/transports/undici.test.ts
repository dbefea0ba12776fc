import { Agent } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { CallOptions } from "../../src/connection/client-options.ts";
import { createConnection } from "../../src/connection/connection.ts";
import {
  createProfile,
  createProfilesImportV2,
  deleteProfile,
  fetchProfile,
  fetchProfileImportV2,
  listProfiles,
  patchProfileTraits,
  updateProfilesBulk,
} from "../../src/generated/operations.ts";
import { uploadImportFile } from "../../src/operations/upload-import-file.ts";
import type { FetchBody } from "../../src/transports/fetch.ts";
import { type UndiciFetch, undiciFetch } from "../../src/transports/undici.ts";
import { recordingServer } from "../recording-server.ts";
import { sandboxProcess } from "../sandbox-process.ts";
import { credentials, path } from "./example-call.ts";
import { init } from "./init.ts";
import { serverThat } from "./server-that.ts";

const { storeId, profileId } = path;

let server: Awaited<ReturnType<typeof recordingServer>>;
let fetch: UndiciFetch;
beforeAll(async () => {
  server = await recordingServer();
});
afterAll(() => server.close());
beforeEach(() => {
  server.requests.length = 0;
  server.respondWith({ status: 200, body: {} });
  fetch = undiciFetch();
});
afterEach(() => fetch.close());

const call = (options?: CallOptions, baseUrl = server.url) =>
  fetchProfile(createConnection({ baseUrl, credentials, fetch, retry: false }), { path }, options);

const openSockets = () => process.getActiveResourcesInfo().filter((kind) => kind === "TCPSocketWrap").length;

describe("the transport over undici", () => {
  it("works for every operation of the contract", async () => {
    const { stop, url: baseUrl, credentials } = await sandboxProcess();
    onTestFinished(stop);
    const connection = createConnection({ baseUrl, credentials, fetch });
    const traits = { Contact: { email: "ada.reyes@example.com", firstName: "Zoë" } };
    const { id } = await createProfile(connection, { path: { storeId }, body: { traits } });
    const ada = { path: { storeId, profileId: id } } as const;
    await updateProfilesBulk(connection, { path: { storeId }, body: { profiles: [{ traits }] } });
    await patchProfileTraits(connection, { ...ada, body: { traits: { Contact: { city: "Köln" } } } });
    await expect(fetchProfile(connection, ada)).resolves.toMatchObject({
      traits: { Contact: { firstName: "Zoë", city: "Köln" } },
    });

    const file = "email,city\nbob@example.com,Oakland\n";
    const columnMappings = ["email", "city"].map((name) => ({
      columnName: name,
      traitGroup: "Contact",
      traitName: name,
    }));
    const created = await createProfilesImportV2(connection, {
      path: { storeId },
      body: { filename: "bob.csv", fileSize: file.length, columnMappings },
    });
    await uploadImportFile(connection, { url: created.url, body: new Blob([file]) });
    const { importId } = created;
    await expect
      .poll(() => fetchProfileImportV2(connection, { path: { storeId, importId } }))
      .toMatchObject({ status: "COMPLETED" });

    await deleteProfile(connection, ada);
    await expect(listProfiles(connection, { path: { storeId } })).resolves.toMatchObject({
      profiles: [expect.not.stringMatching(id)],
    });
  });

  const text = "email,name\nada@example.com,Ñandú\n";
  it.each<[string, () => FetchBody, Record<string, string>]>([
    ["a string", () => text, {}],
    ["bytes", () => new TextEncoder().encode(text), {}],
    ["a Blob", () => new Blob([text]), {}],
    ["an empty Blob", () => new Blob([]), {}],
    [
      "a stream with a Content-Length",
      () => new Blob([text]).stream(),
      { "Content-Length": String(Buffer.byteLength(text)) },
    ],
  ])("sends %s with its exact length", async (_, body, headers) => {
    await fetch(server.url, init({ method: "PUT", body: body(), headers }));
    const [received] = server.requests;
    expect(received?.headers["content-length"]).toBe(String(Buffer.byteLength(received?.body ?? "")));
    expect(received?.headers).not.toHaveProperty("transfer-encoding");
    expect(received?.body).toBe(await new Response(body()).text());
  });

  it("cancels the stream of an aborted upload", async () => {
    const controller = new AbortController();
    let cancelled: unknown;
    const body = new ReadableStream({
      start: (stream) => stream.enqueue(new Uint8Array(8)),
      cancel: (reason) => {
        cancelled = reason;
      },
    });
    const url = await serverThat((request) => request.once("data", () => controller.abort(new Error("enough"))));
    const headers = { "Content-Length": "16" };
    const upload = fetch(url, init({ method: "PUT", body, headers, signal: controller.signal }));
    await expect(upload).rejects.toThrow("enough");
    await expect.poll(() => cancelled).toBeInstanceOf(Error);
  });

  it("makes a thousand concurrent calls, and leaves no connection open after close, even if it is closed twice", async () => {
    server.respondWith({ status: 200, body: { id: profileId, createdAt: "", traits: {} } });
    const profiles = await Promise.all(Array.from({ length: 1000 }, () => call()));
    expect(new Set(profiles.map(({ id }) => id))).toEqual(new Set([profileId]));
    await fetch.close();
    await expect(fetch(server.url, init())).rejects.toThrow("The client is destroyed");
    await expect.poll(openSockets).toBe(0);
  });

  it("holds no connection for an unread response", async () => {
    server.respondWith({ status: 200, body: "x".repeat(1_000_000) });
    await Promise.all([fetch(server.url, init()), fetch(server.url, init())]);
    await fetch.close();
    await expect.poll(openSockets).toBe(0);
  });

  it("sends through the dispatcher that it is given, and does not close it", async () => {
    const dispatcher = new Agent();
    onTestFinished(() => dispatcher.close());
    const origins = new Set<string>();
    dispatcher.on("connect", ({ origin }) => origins.add(origin));
    const given = undiciFetch({ dispatcher });
    await given(server.url, init());
    await given.close();
    await expect(given(server.url, init())).resolves.toMatchObject({ status: 200 });
    expect([...origins]).toEqual([server.url]);
  });
});
