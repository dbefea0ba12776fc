import { once } from "node:events";
import type { IncomingHttpHeaders } from "node:http";
import { createServer, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { configuredStores } from "../../src/configuration/configured-stores.ts";
import type { Settings } from "../../src/configuration/settings.ts";
import type { ImportRecord } from "../../src/domain/imports/import-state.ts";
import { ApiError } from "../../src/operations/api-error.ts";
import { InterruptedUploadError } from "../../src/operations/imports/receive-upload.ts";
import { type UploadRequest, uploadImportFile } from "../../src/operations/imports/upload-import-file.ts";
import { signUploadToken } from "../../src/operations/imports/upload-token.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { UploadMemory } from "../../src/storage/uploads/upload-memory.ts";
import { UploadNotNeededError } from "../../src/storage/uploads/upload-storage.ts";
import { mappings, rules, storeId } from "../imports/import-rules.ts";

const csv = "email,phone,name,points\nada@example.com,,Ada,7\n";
const fileSize = Buffer.byteLength(csv);
const importId = "mem_import_01kkbk0tfteqn89st3b7v4f5y8";
const signingKeys: Settings["signingKeys"] = [{ id: "k1", secret: Buffer.alloc(32, 1) }];
const createdAt = 1_800_000_000_000;
const expiresAt = createdAt + 1_800_000;
const token = signUploadToken(signingKeys, { storeId, importId, fileSize, expiresAt });

const pending: ImportRecord = {
  ...{ id: importId, filename: "contacts.csv", fileSize, columnMappings: mappings, expiresAt },
  status: "PENDING",
  createdAt,
  updatedAt: createdAt,
  progress: { offset: 0, rows: 0, errors: 0, warnings: 0 },
};

let storage: Storage;
let uploads: UploadMemory;
let now: number;
let woken: number;
/** The configured stores. */
let storeIds: string[];

beforeEach(async () => {
  storage = openMemory();
  await storage.createImport(storeId, pending);
  uploads = new UploadMemory();
  now = createdAt;
  woken = 0;
  storeIds = [storeId];
});
afterEach(() => storage.close());

function context(idleMs = 10_000) {
  const timeouts = { headersMs: 10_000, bodyMs: 10_000, idleMs, unreadyMs: 0, drainMs: 10_000 };
  const imports = { wake: () => woken++ };
  const stores = configuredStores(new Map(storeIds.map((id) => [id, { accountSid: "AC1", rules }])));
  return { settings: { signingKeys, timeouts }, stores, storage, uploads, clock: { now: () => now }, imports };
}

const headersWith = (changes: IncomingHttpHeaders): IncomingHttpHeaders => ({
  "content-length": String(fileSize),
  "content-type": "text/csv",
  ...changes,
});

function upload(changes: Partial<UploadRequest> = {}, idleMs?: number): Promise<void> {
  return uploadImportFile(context(idleMs), {
    importId,
    token,
    headers: headersWith({}),
    body: Readable.from([Buffer.from(csv)]),
    isFor: async () => {},
    ...changes,
  });
}

/** The status and the message of the rejection. */
async function rejectionOf(uploaded: Promise<void>): Promise<[number, string]> {
  const error = await uploaded.then(
    () => new Error("It was not rejected"),
    (reason: unknown) => reason,
  );
  if (!(error instanceof ApiError)) throw error;
  return [error.status, error.message];
}

async function textOf(uploadId = ""): Promise<string> {
  let text = "";
  for await (const bytes of uploads.read(storeId, importId, uploadId, 0)) text += Buffer.from(bytes);
  return text;
}

const status = async () => (await storage.fetchImport(storeId, importId))?.status;

describe("the upload of an import's file", () => {
  it("makes the import due", async () => {
    await upload();
    expect(woken).toBe(1);
    const claimed = await storage.claimImport(storeId, "me", now, now + 1000);
    expect(claimed?.record).toMatchObject({ id: importId, status: "PROCESSING" });
    expect(await textOf(claimed?.record.uploadId)).toBe(csv);
  });

  it.each(["text/csv; charset=utf-8", "Text/CSV", "text/csv ; header=present"])(
    "may have the Content-Type %s",
    async (contentType) => {
      await upload({ headers: headersWith({ "content-type": contentType }) });
      expect(await status()).toBe("PROCESSING");
    },
  );

  it.each<[string, Partial<UploadRequest>, number, string]>([
    [
      "a changed token",
      { token: `${token}A` },
      403,
      "The signature does not match the upload URL; use the URL exactly as it was returned",
    ],
    [
      "no token",
      { token: "" },
      403,
      "The signature does not match the upload URL; use the URL exactly as it was returned",
    ],
    [
      "no Content-Length",
      { headers: headersWith({ "content-length": undefined }) },
      411,
      "Send the length of the file as Content-Length",
    ],
    [
      "a Content-Length that is too large",
      { headers: headersWith({ "content-length": String(fileSize + 1) }) },
      413,
      `The body is longer than the fileSize of ${fileSize} bytes`,
    ],
    [
      "another Content-Type",
      { headers: headersWith({ "content-type": "text/csvx" }) },
      415,
      "This operation does not support this Content-Type",
    ],
    [
      "no Content-Type",
      { headers: headersWith({ "content-type": undefined }) },
      415,
      "This operation does not support this Content-Type",
    ],
  ])("is rejected with %s before the body is read, and may be retried", async (_what, changes, code, message) => {
    const body = new Readable({ read: () => expect.unreachable("The body was read.") });
    expect(await rejectionOf(upload({ body, ...changes }))).toEqual([code, message]);
    expect(await status()).toBe("PENDING");
    await upload();
  });

  it("is rejected after the URL has expired", async () => {
    now = expiresAt;
    expect(await rejectionOf(upload())).toEqual([403, "The upload URL has expired; create a new import"]);
  });

  it("is rejected if the import does not exist", async () => {
    const other = "mem_import_01kkbk0tfteqn89st3b7v4f5y9";
    const itsToken = signUploadToken(signingKeys, { storeId, importId: other, fileSize, expiresAt });
    expect(await rejectionOf(upload({ importId: other, token: itsToken }))).toEqual([404, "No import has this ID"]);
  });

  it("is rejected if the store of the import is no longer configured", async () => {
    storeIds = [];
    expect(await rejectionOf(upload())).toEqual([404, "No import has this ID"]);
    expect(await status()).toBe("PENDING");
  });

  it("is rejected if the body is shorter than announced, and may be retried", async () => {
    const body = Readable.from([Buffer.from(csv.slice(0, -1))]);
    const message = `The body has ${fileSize - 1} bytes, but fileSize is ${fileSize}`;
    expect(await rejectionOf(upload({ body }))).toEqual([400, message]);
    expect(await status()).toBe("PENDING");
    await upload();
  });

  it("is rejected as soon as the body is longer than announced, and the body stays open for the response", async () => {
    const body = new Readable({ read() {} });
    body.push(csv);
    body.push("x");
    const message = `The body is longer than the fileSize of ${fileSize} bytes`;
    expect(await rejectionOf(upload({ body }))).toEqual([413, message]);
    expect(body.destroyed).toBe(false);
    expect(await status()).toBe("PENDING");
  });

  it("is rejected if the file was already uploaded", async () => {
    await upload();
    const body = new Readable({ read: () => expect.unreachable("The body was read.") });
    expect(await rejectionOf(upload({ body }))).toEqual([409, "The file of this import was already uploaded"]);
    expect(woken).toBe(1);
  });

  it.each([
    ["and the import is still pending", async () => {}],
    [
      "and the import has ended meanwhile",
      async () => {
        const claimed = await storage.claimImport(storeId, "runner", now, now + 1000);
        expect(claimed?.record.id).toBe(importId);
        const lease = { storeId, importId, owner: "runner", now, until: now + 1000 };
        await storage.finishImport(lease, "FAILED", pending.progress);
      },
    ],
  ])("is rejected with 403 if its URL expires while the bytes are in transit, %s", async (_, meanwhile) => {
    async function* bytes() {
      yield Buffer.from(csv.slice(0, 10));
      now = expiresAt;
      await meanwhile();
      yield Buffer.from(csv.slice(10));
    }
    expect(await rejectionOf(upload({ body: Readable.from(bytes()) }))).toEqual([
      403,
      "The upload URL has expired; create a new import",
    ]);
    expect(await textOf("1")).toBe("");
    expect(woken).toBe(0);
  });

  it.each([
    ["taken", 409],
    ["expired", 403],
  ] as const)("that the storage no longer needs is rejected as %s", async (how, status) => {
    vi.spyOn(uploads, "save").mockImplementation(async () => {
      if (how === "taken") await storage.acceptUpload(storeId, importId, "other", now);
      throw new UploadNotNeededError("The import does not wait for a file.");
    });
    expect((await rejectionOf(upload()))[0]).toBe(status);
  });

  it("is accepted once if it is sent several times at once, and the others leave nothing", async () => {
    const attempts = await Promise.allSettled([upload(), upload(), upload()]);
    expect(attempts.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected", "rejected"]);
    for (const attempt of attempts) {
      if (attempt.status === "rejected") expect(attempt.reason).toMatchObject({ status: 409 });
    }
    expect(woken).toBe(1);
    const claimed = await storage.claimImport(storeId, "me", now, now + 1000);
    const texts = await Promise.all(["1", "2", "3"].map((uploadId) => textOf(uploadId)));
    expect(texts.filter((text) => text !== "")).toEqual([csv]);
    expect(await textOf(claimed?.record.uploadId)).toBe(csv);
  });
});

describe("an upload over HTTP", () => {
  let server: Server;
  let outcome: PromiseWithResolvers<unknown>;

  /** A client that has sent the headers and the first bytes of the file. */
  async function begin(idleMs?: number): Promise<Socket> {
    outcome = Promise.withResolvers();
    server = createServer((request, response) => {
      const headers = headersWith({ "content-length": request.headers["content-length"] });
      upload({ body: request, headers }, idleMs).then(() => {
        response.end();
        outcome.resolve("uploaded");
      }, outcome.resolve);
    });
    await once(server.listen(0, "127.0.0.1"), "listening");
    const client = connect(portOf(server), "127.0.0.1");
    client.write(`PUT / HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${fileSize}\r\n\r\n${csv.slice(0, 10)}`);
    return client;
  }
  afterEach(() => server.close());

  it("may arrive in several chunks", async () => {
    const client = await begin();
    client.write(csv.slice(10, 20));
    client.end(csv.slice(20));
    const [response] = await once(client, "data");
    expect(String(response)).toContain("200 OK");
    expect(await outcome.promise).toBe("uploaded");
  });

  it("leaves nothing if the client disconnects, and may be retried", async () => {
    const client = await begin();
    await once(server, "request");
    client.destroy();
    expect(await outcome.promise).toBeInstanceOf(InterruptedUploadError);
    expect(await textOf("1")).toBe("");
    await upload();
  });

  it("is aborted if no data arrives within the timeout", async () => {
    const client = await begin(20);
    await once(client.resume(), "close");
    expect(await outcome.promise).toBeInstanceOf(InterruptedUploadError);
    expect(await status()).toBe("PENDING");
  });
});

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server does not listen.");
  return address.port;
}
