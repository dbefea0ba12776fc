import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { z } from "zod";
import type { ClientOptions } from "../src/connection/client-options.ts";
import { createMemoryClient } from "../src/create-memory-client.ts";
import { openTelemetry } from "../src/observability/opentelemetry.ts";
import type { Fetch } from "../src/transports/fetch.ts";
import { undiciFetch } from "../src/transports/undici.ts";
import { errorOf } from "./error-of.ts";
import { telemetry } from "./observability/telemetry.ts";
import { recordingServer } from "./recording-server.ts";

/** Every secret contains "canary", except one number and what is encoded. */
const credentials = { apiKey: "SKcanary", apiSecret: "canary:sécret" };
const encoded = Buffer.from(`${credentials.apiKey}:${credentials.apiSecret}`).toString("base64");
const traits = {
  Contact: { email: "Ada.Canary@example.com", firstName: "canary", lastName: 'The "Canary"' },
  Account: { balance: 918273, hobbies: ["canary birds"] },
};
const signature = "1773138600.9.canary%2Bsignature";
const secret = new RegExp(`canary|918273|${encoded}|${encodeURIComponent(encoded)}`, "i");

const storeId = "mem_store_00000000000000000000000000";
const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const path = { storeId, profileId } as const;
const columnMappings = [
  { columnName: "email", traitGroup: "Contact", traitName: "email" },
  { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
];
const file = `email,name\n${traits.Contact.email},${traits.Contact.firstName}\n`;

let server: Awaited<ReturnType<typeof recordingServer>>;
let uploadUrl: string;
let exported: ReturnType<typeof telemetry>;
/** Everything that the client passed to its logger, to subscribers and to onRetry in a test. */
let events: unknown[] = [];
const record = (...values: unknown[]) => void events.push(...values);

beforeAll(async () => {
  server = await recordingServer();
  uploadUrl = `${server.url}/uploads/${importId}?token=${signature}`;
  for (const event of ["start", "error", "asyncEnd"]) subscribe(`tracing:memory-api.client.attempt:${event}`, record);
});
afterAll(async () => {
  for (const event of ["start", "error", "asyncEnd"]) unsubscribe(`tracing:memory-api.client.attempt:${event}`, record);
  await server.close();
});
beforeEach(() => {
  exported = telemetry();
  events = [];
  server.requests.length = 0;
});

/** A client with every kind of observer. */
function client(options: ClientOptions = {}) {
  return createMemoryClient({
    baseUrl: server.url,
    credentials,
    retry: { attempts: 2, baseMs: 0 },
    logger: { debug: record, info: record, warn: record },
    onRetry: record,
    middleware: [openTelemetry(exported)],
    ...options,
  });
}

/** Calls that send credentials and trait values, or an upload URL. */
const calls = {
  createProfile: (memory) => memory.operations.createProfile({ path, body: { traits } }),
  patchProfileTraits: (memory) => memory.operations.patchProfileTraits({ path, body: { traits } }),
  updateProfilesBulk: (memory) => memory.operations.updateProfilesBulk({ path, body: { profiles: [{ traits }] } }),
  fetchProfile: (memory) => memory.operations.fetchProfile({ path }),
  uploadImportFile: (memory) => memory.operations.uploadImportFile({ url: uploadUrl, body: file }),
  bulkUpsert: (memory) => memory.store(storeId).profiles.bulkUpsert([{ traits }]),
} satisfies Record<string, (memory: ReturnType<typeof client>) => PromiseLike<unknown>>;

type Call = keyof typeof calls;
const everyCall = Object.keys(calls).filter((name): name is Call => name in calls);

/** Returns everything that a person, a log or another program can see of an error and of the recorded events. */
function shown(error: unknown): string {
  const spans = exported.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  return [error, ...events, ...spans]
    .flatMap((each) => [inspect(each, { depth: 20 }), JSON.stringify(each), String(each), Object(each).stack])
    .join("\n");
}

/** Responds with the text of the request that was received. */
function echo(status: number, write: (request: string) => unknown, headers: Record<string, string> = {}) {
  server.respondWith((response) => {
    const { method, url = "", headers: sent, body } = server.requests.at(-1) ?? { headers: {} };
    const request = `${method} ${url} ${decodeURIComponent(url)} ${sent.authorization} ${body}`;
    const plain = Buffer.from(sent.authorization?.slice(6) ?? "", "base64");
    const written = write(`Rejected: ${request} ${plain}`);
    response.writeHead(status, headers).end(typeof written === "string" ? written : JSON.stringify(written));
  });
}

describe("a part of the request that a service repeats", () => {
  it.each(everyCall)("is not shown in an error of %s", async (name) => {
    // A storage does not read the CSV file, so it does not repeat it.
    echo(400, (text) => {
      const message = name === "uploadImportFile" ? text.replace(file, "") : text;
      return { code: 400, message, more_info: `https://example.com/?${message}`, status: 400 };
    });
    const text = shown(await errorOf(calls[name](client())));
    expect(text).toContain("Rejected: ");
    expect(text).not.toMatch(secret);
  });

  it.each(everyCall)("is not shown in an error of %s that is an HTML page", async (name) => {
    echo(503, (text) => `<h1>${text}</h1>`, { "x-request-id": "r1" });
    expect(shown(await errorOf(calls[name](client())))).not.toMatch(secret);
  });

  it.each(everyCall)("is not shown in a message of %s that is longer than the contract allows", async (name) => {
    echo(500, (text) => ({ code: 500, message: text.repeat(20).slice(0, 1025), status: 500 }));
    expect(shown(await errorOf(calls[name](client())))).not.toMatch(secret);
  });

  it.each(["detail", "title"])("is not shown in the %s of a problem document", async (member) => {
    echo(400, (text) => ({ type: "about:blank", [member]: text }));
    const text = shown(await errorOf(calls.createProfile(client())));
    expect(text).toContain("Rejected: ");
    expect(text).not.toMatch(secret);
  });

  it("is not shown in a redirect", async () => {
    const headers = { "canonical-profile-id": profileId, location: `${server.url}/?canary` };
    echo(308, (message) => ({ message, uri: `${server.url}/?canary` }), headers);
    const error = await errorOf(calls.patchProfileTraits(client()));
    expect(error).toMatchObject({ name: "ProfileMovedError" });
    expect(shown(error)).not.toMatch(secret);
  });

  it("is not shown if a success is not valid JSON", async () => {
    echo(200, (text) => text);
    expect(shown(await errorOf(calls.createProfile(client())))).not.toMatch(secret);
  });

  it("is removed, and the rest of the message stays readable, with indexes and names", async () => {
    const message = "/profiles/3/traits/Contact/email: at most 100 characters, not ada.canary@example.com";
    server.respondWith({ status: 400, body: { code: 400, message, status: 400 } });
    const profiles = [{ traits: { Contact: { email: "ada.canary@example.com", city: "a", age: 100, floor: 3 } } }];
    const error = errorOf(client().operations.updateProfilesBulk({ path, body: { profiles } }));
    await expect(error).resolves.toMatchObject({
      message: "/profiles/3/traits/Contact/email: at most 100 characters, not …",
      body: { message },
    });
  });
});

describe("a request without a response is not shown", () => {
  const transports: [string, () => Fetch | undefined][] = [
    ["the platform's fetch", () => undefined],
    [
      "undici",
      () => {
        const fetch = undiciFetch();
        onTestFinished(() => fetch.close());
        return fetch;
      },
    ],
  ];
  const failing = transports.flatMap(([transport, fetch]) =>
    everyCall.map((name) => [name, transport, fetch] as const),
  );

  it.each(failing)("in an error of %s over %s: the connection is reset", async (name, _, fetch) => {
    server.respondWith((response) => response.socket?.resetAndDestroy());
    const text = shown(await errorOf(calls[name](client({ fetch: fetch() }))));
    expect(text).toContain("ConnectionError");
    expect(text).not.toMatch(secret);
  });

  it.each(failing)("in an error of %s over %s: the connection is refused", async (name, _, fetch) => {
    const closed = await recordingServer();
    await closed.close();
    const original = uploadUrl;
    uploadUrl = original.replace(server.url, closed.url);
    onTestFinished(() => {
      uploadUrl = original;
    });
    const text = shown(await errorOf(calls[name](client({ baseUrl: closed.url, fetch: fetch() }))));
    expect(text).toContain("ECONNREFUSED");
    expect(text).not.toMatch(secret);
  });

  it.each(failing)("in an error of %s over %s: the time limit is reached", async (name, _, fetch) => {
    server.respondWith(() => {});
    const text = shown(await errorOf(calls[name](client({ fetch: fetch(), timeout: 20, retry: false }))));
    expect(text).toContain("TimeLimitError");
    expect(text).not.toMatch(secret);
  });

  it.each([
    (url: string) => `error sending request for url (${url})`,
    (url: string) => `error sending request for url (${url}): connection closed`,
    (url: string) => `Failed to fetch "${url}".`,
    (url: string) => `request to ${url}, reason: broken`,
  ])("in the message of a transport that names the URL: %s", async (write) => {
    const fetch: Fetch = async (url) => {
      throw new TypeError("fetch failed", { cause: new Error(write(`${url}&sig=(canary)`)) });
    };
    const text = shown(await errorOf(calls.uploadImportFile(client({ fetch }))));
    expect(text).toContain("/uploads/mem_import_01kkbk0tfteqn89st3b7v4f5y8?…");
    expect(text).not.toMatch(secret);
  });
});

describe("a rejection before sending does not show its cause", () => {
  it.each<[string, () => unknown]>([
    [
      "a path parameter",
      () => client().operations.fetchProfile({ path: { ...path, profileId: "mem_profile_canary" } }),
    ],
    [
      "an upload URL of another kind",
      () => client().operations.uploadImportFile({ url: `ftp://h/?${signature}`, body: file }),
    ],
    [
      "an upload URL that is not absolute",
      () => client().operations.uploadImportFile({ url: `/?${signature}`, body: file }),
    ],
    ["a base URL with credentials", () => client({ baseUrl: "https://SKcanary:canary@example.com" })],
    ["incomplete credentials", () => client({ credentials: { apiKey: "SKcanary", apiSecret: "" } })],
    [
      "incomplete credentials from a function",
      () => calls.fetchProfile(client({ credentials: () => ({ apiKey: "", apiSecret: "canary" }) })),
    ],
    [
      "an item that is too large",
      () =>
        client()
          .store(storeId)
          .profiles.bulkUpsert([{ traits: { Contact: { email: "canary".repeat(3e6) } } }]),
    ],
    ["traits that a schema rejects", () => checked().profiles.create({ traits: { Contact: traits.Contact } })],
    ["an item that a schema rejects", () => checked().profiles.bulkUpsert([{ traits: { Contact: traits.Contact } }])],
    ["a file without the mapped columns", () => imported(new Blob([file.slice(11)]))],
    ["text instead of a file", () => imported(file)],
  ])("if it is %s", async (_, fail) => {
    const error = await errorOf(new Promise((resolve) => resolve(fail())));
    expect(shown(error)).toMatch(/InvalidParameterError|InvalidTraitsError|InvalidSourceError/);
    expect(shown(error)).not.toMatch(secret);
    expect(server.requests).toEqual([]);
  });
});

describe("an import", () => {
  it.each([
    ["that the storage rejects", 403, { code: 403, message: `Rejected: token=${signature}`, status: 403 }],
    ["that the storage rejects with its own page", 403, `<Token>${signature}</Token>`],
  ])("%s has no signature in its error", async (_, status, body) => {
    server.respondWith({ status: 201, body: { importId, url: uploadUrl } }, { status, body });
    const error = await errorOf(imported(new Blob([file])));
    expect(error).toMatchObject({ name: "MemoryApiError", operationId: "uploadImportFile" });
    expect(shown(error)).not.toMatch(secret);
  });

  it("that fails does not show the upload URL in its job or its error", async () => {
    server.respondWith(
      { status: 201, body: { importId, url: uploadUrl } },
      { status: 200 },
      { status: 200, body: { status: "FAILED", filename: "a.csv", createdAt: "2026-01-01T00:00:00Z" } },
    );
    const job = imported(new Blob([file]));
    const error = await errorOf(job);
    expect(error).toMatchObject({ name: "ImportFailedError" });
    expect(shown(error) + shown(job)).not.toMatch(secret);
  });
});

describe("an object of the client", () => {
  it("does not show credentials, request bodies or response bodies", async () => {
    server.respondWith({ status: 200, body: { id: profileId, traits, message: "ok" } });
    const memory = client();
    const store = memory.store(storeId);
    const call = calls.createProfile(memory);
    const bulk = store.profiles.bulkUpsert([{ traits }]);
    await Promise.all([call, bulk]);
    for (const each of [memory, memory.connection, memory.operations, store, store.profiles.list(), call, bulk]) {
      expect(inspect(each, { depth: 20 })).not.toMatch(secret);
      expect(JSON.stringify(each)).not.toMatch(secret);
    }
    expect(shown(undefined)).not.toMatch(secret);
  });
});

function checked() {
  const schemas = {
    Contact: z.object({ email: z.email(), firstName: z.string().max(1), lastName: z.string().max(1) }),
  };
  return createMemoryClient({ baseUrl: server.url, credentials, schemas }).store(storeId);
}

function imported(source: Blob | string) {
  return client().store(storeId).imports.run(source, { filename: "a.csv", mapping: columnMappings });
}
