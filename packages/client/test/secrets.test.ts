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

/** Whatever may not be shown says canary, but for a number and what is encoded. */
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
let told: ReturnType<typeof telemetry>;
/** All that the client said in a test to a logger, a subscriber, or whoever hears of retries. */
let heard: unknown[] = [];
const hear = (...what: unknown[]) => void heard.push(...what);

beforeAll(async () => {
  server = await recordingServer();
  uploadUrl = `${server.url}/uploads/${importId}?token=${signature}`;
  for (const event of ["start", "error", "asyncEnd"]) subscribe(`tracing:memory-api.client.attempt:${event}`, hear);
});
afterAll(async () => {
  for (const event of ["start", "error", "asyncEnd"]) unsubscribe(`tracing:memory-api.client.attempt:${event}`, hear);
  await server.close();
});
beforeEach(() => {
  told = telemetry();
  heard = [];
  server.requests.length = 0;
});

/** A client that is watched by all that can watch it. */
function client(options: ClientOptions = {}) {
  return createMemoryClient({
    baseUrl: server.url,
    credentials,
    retry: { attempts: 2, baseMs: 0 },
    logger: { debug: hear, info: hear, warn: hear },
    onRetry: hear,
    middleware: [openTelemetry(told)],
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

/** What a person, a log or another program gets to see of an error and of what was heard on the way to it. */
function shown(error: unknown): string {
  const span = told.spans().map(({ name, attributes, events, status }) => ({ name, attributes, events, status }));
  return [error, ...heard, ...span]
    .flatMap((each) => [inspect(each, { depth: 20 }), JSON.stringify(each), String(each), Object(each).stack])
    .join("\n");
}

/** Answers with all that it was sent, as text. */
function echo(status: number, write: (request: string) => unknown, headers: Record<string, string> = {}) {
  server.respondWith((response) => {
    const { method, url = "", headers: sent, body } = server.requests.at(-1) ?? { headers: {} };
    const request = `${method} ${url} ${decodeURIComponent(url)} ${sent.authorization} ${body}`;
    const plain = Buffer.from(sent.authorization?.slice(6) ?? "", "base64");
    const written = write(`Refused: ${request} ${plain}`);
    response.writeHead(status, headers).end(typeof written === "string" ? written : JSON.stringify(written));
  });
}

describe("what a service repeats of a request", () => {
  it.each(everyCall)("does not show in an error of %s", async (name) => {
    // A file is no JSON, and is repeated by nobody who speaks it.
    echo(400, (text) => {
      const message = name === "uploadImportFile" ? text.replace(file, "") : text;
      return { code: 400, message, more_info: `https://example.com/?${message}`, status: 400 };
    });
    const text = shown(await errorOf(calls[name](client())));
    expect(text).toContain("Refused: ");
    expect(text).not.toMatch(secret);
  });

  it.each(everyCall)("does not show in an error of %s that is a page", async (name) => {
    echo(503, (text) => `<h1>${text}</h1>`, { "x-request-id": "r1" });
    expect(shown(await errorOf(calls[name](client())))).not.toMatch(secret);
  });

  it.each(everyCall)("does not show in a message of %s that is longer than one may be", async (name) => {
    echo(500, (text) => ({ code: 500, message: text.repeat(20).slice(0, 1025), status: 500 }));
    expect(shown(await errorOf(calls[name](client())))).not.toMatch(secret);
  });

  it.each(["detail", "title"])("does not show in the %s of a problem", async (member) => {
    echo(400, (text) => ({ type: "about:blank", [member]: text }));
    const text = shown(await errorOf(calls.createProfile(client())));
    expect(text).toContain("Refused: ");
    expect(text).not.toMatch(secret);
  });

  it("does not show in a redirect", async () => {
    const headers = { "canonical-profile-id": profileId, location: `${server.url}/?canary` };
    echo(308, (message) => ({ message, uri: `${server.url}/?canary` }), headers);
    const error = await errorOf(calls.patchProfileTraits(client()));
    expect(error).toMatchObject({ name: "ProfileMovedError" });
    expect(shown(error)).not.toMatch(secret);
  });

  it("does not show where a success is no JSON", async () => {
    echo(200, (text) => text);
    expect(shown(await errorOf(calls.createProfile(client())))).not.toMatch(secret);
  });

  it("leaves the rest of the message readable, with indexes and names", async () => {
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

describe("where no answer comes, nothing that was sent shows", () => {
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

  it.each(failing)("in an error of %s over %s: nobody listens", async (name, _, fetch) => {
    const closed = await recordingServer();
    await closed.close();
    const there = uploadUrl;
    uploadUrl = there.replace(server.url, closed.url);
    onTestFinished(() => {
      uploadUrl = there;
    });
    const text = shown(await errorOf(calls[name](client({ baseUrl: closed.url, fetch: fetch() }))));
    expect(text).toContain("ECONNREFUSED");
    expect(text).not.toMatch(secret);
  });

  it.each(failing)("in an error of %s over %s: the time is over", async (name, _, fetch) => {
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

describe("where nothing is sent, nothing that was given shows", () => {
  it.each<[string, () => unknown]>([
    [
      "a path parameter",
      () => client().operations.fetchProfile({ path: { ...path, profileId: "mem_profile_canary" } }),
    ],
    [
      "an upload URL of another kind",
      () => client().operations.uploadImportFile({ url: `ftp://h/?${signature}`, body: file }),
    ],
    ["an upload URL that is none", () => client().operations.uploadImportFile({ url: `/?${signature}`, body: file })],
    ["a base URL with credentials", () => client({ baseUrl: "https://SKcanary:canary@example.com" })],
    ["half of the credentials", () => client({ credentials: { apiKey: "SKcanary", apiSecret: "" } })],
    [
      "half of the credentials of a function",
      () => calls.fetchProfile(client({ credentials: () => ({ apiKey: "", apiSecret: "canary" }) })),
    ],
    [
      "an item that is too large",
      () =>
        client()
          .store(storeId)
          .profiles.bulkUpsert([{ traits: { Contact: { email: "canary".repeat(3e6) } } }]),
    ],
    ["traits that a schema refuses", () => checked().profiles.create({ traits: { Contact: traits.Contact } })],
    ["an item that a schema refuses", () => checked().profiles.bulkUpsert([{ traits: { Contact: traits.Contact } }])],
    ["a file without the mapped columns", () => imported(new Blob([file.slice(11)]))],
    ["a text in place of a file", () => imported(file)],
  ])("of %s", async (_, fail) => {
    const error = await errorOf(new Promise((resolve) => resolve(fail())));
    expect(shown(error)).toMatch(/InvalidParameterError|InvalidTraitsError|InvalidSourceError/);
    expect(shown(error)).not.toMatch(secret);
    expect(server.requests).toEqual([]);
  });
});

describe("an import that fails", () => {
  it.each([
    ["is refused by the storage", 403, { code: 403, message: `Refused: token=${signature}`, status: 403 }],
    ["is answered with a page of the storage", 403, `<Token>${signature}</Token>`],
  ])("%s without its signature in the error", async (_, status, body) => {
    server.respondWith({ status: 201, body: { importId, url: uploadUrl } }, { status, body });
    const error = await errorOf(imported(new Blob([file])));
    expect(error).toMatchObject({ name: "MemoryApiError", operationId: "uploadImportFile" });
    expect(shown(error)).not.toMatch(secret);
  });

  it("keeps the upload URL out of what the job shows", async () => {
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

describe("what a program holds on to", () => {
  it("shows no credentials, nor what it sent and was given", async () => {
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
