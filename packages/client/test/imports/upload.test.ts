import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import type { ClientOptions } from "../../src/connection/client-options.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { stopTimers } from "../resilience/stopped-timers.ts";
import { csvBytes, csvStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService } from "./import-service.ts";

/** More than fits into the buffers between client and service. */
const size = 8_000_000;

let service: Awaited<ReturnType<typeof importService>>;
let folder: string;
let path: string;
beforeAll(async () => {
  service = await importService();
  folder = await mkdtemp(join(tmpdir(), "uploads-"));
  path = join(folder, "contacts.csv");
  await writeFile(path, csvBytes(size));
});
beforeEach(() => service.behave());
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const run = (source: ImportSource, options?: ClientOptions) =>
  service.run(source, {}, service.connect(eagerEnvironment(), options));

const reopenable: [string, () => ImportSource][] = [
  ["a path", () => path],
  ["a Blob", () => new Blob([csvBytes(size)])],
  ["a function", () => () => ({ stream: csvStream(size), size })],
];

describe("an upload", () => {
  it.each([...reopenable, ["a stream", () => ({ stream: csvStream(size), size })] as const])(
    "of %s has its length, the media type of CSV and no credentials",
    async (_, source) => {
      await run(source());
      expect(service.uploads).toMatchObject([{ received: size }]);
      const { headers } = service.uploads[0] ?? {};
      expect(headers).toMatchObject({ "content-length": String(size), "content-type": "text/csv" });
      expect(headers).not.toHaveProperty("transfer-encoding");
      expect(headers).not.toHaveProperty("authorization");
    },
  );

  it("does not follow a redirect", async () => {
    service.behave({ uploads: [{ status: 307 }] });
    await expect(run(path, { retry: false })).rejects.toMatchObject({
      name: "ConnectionError",
      operationId: "uploadImportFile",
      message: expect.stringContaining("unexpected redirect"),
    });
    expect(service.uploads).toHaveLength(1);
  });
});

describe("an upload that fails temporarily", () => {
  const failures = [
    ["was cut off", { resetAfter: size / 2 }],
    ["was rejected with 503", { status: 503 }],
    ["was rejected with 429 before it was read", { status: 429, isUnread: true }],
  ] as const;

  it.each(failures)("starts again after it %s, if the source can be opened again", async (_, failure) => {
    for (const [, source] of reopenable) {
      service.behave({ uploads: [failure, failure] });
      await expect(run(source())).resolves.toMatchObject({ status: "COMPLETED" });
      expect(service.uploads.map(({ received }) => received).at(-1)).toBe(size);
      expect([service.uploads.length, service.creates.length]).toEqual([3, 1]);
    }
  });

  it.each(failures)("is not repeated after it %s, if the source is a stream", async (_, failure) => {
    service.behave({ uploads: [failure] });
    await expect(run({ stream: csvStream(size), size })).rejects.toMatchObject({
      operationId: "uploadImportFile",
      attempts: 1,
    });
    expect(service.uploads).toHaveLength(1);
  });

  it("is rejected with the last error after the last attempt", async () => {
    service.behave({ uploads: Array.from({ length: 3 }, () => ({ status: 503 })) });
    const job = service.run(path, { retry: { attempts: 3 } });
    await expect(job).rejects.toMatchObject({ status: 503, attempts: 3 });
  });

  it("reports progress that never decreases", async () => {
    service.behave({ uploads: [{ resetAfter: size / 2 }] });
    const loaded: number[] = [];
    for await (const event of run(path)) if (event.type === "uploading") loaded.push(event.loaded);
    expect(service.uploads).toHaveLength(2);
    expect(loaded).toEqual([...loaded].sort((one, other) => one - other));
    expect(loaded.at(-1)).toBe(size);
  });
});

describe.each([403, 409])("a %d", (status) => {
  it.each(["PROCESSING", "COMPLETED", "A_NEW_STATUS"])(
    "to a repeated upload is a success if the import is %s",
    async (importStatus) => {
      service.behave({ uploads: [{ resetAfter: size }, { status }], statuses: [importStatus, "COMPLETED"] });
      await expect(run(path)).resolves.toMatchObject({ status: "COMPLETED" });
    },
  );

  it("to a repeated upload is an error if the import still waits for its file", async () => {
    service.behave({ uploads: [{ resetAfter: size }, { status }], statuses: ["PENDING"] });
    await expect(run(path)).rejects.toMatchObject({ operationId: "uploadImportFile", status });
  });

  it("to the first upload is an error", async () => {
    service.behave({ uploads: [{ status }] });
    await expect(run(path)).rejects.toMatchObject({ operationId: "uploadImportFile", status, attempts: 1 });
    expect(service.polls()).toBe(0);
  });
});

describe("an attempt to upload", () => {
  it("may take the timeout of the client, and one second more for each 64 KiB", async () => {
    service.behave({ uploads: ["hold"] });
    stopTimers();
    const size = 2 * 64 * 1024;
    const job = run({ stream: csvStream(size), size }, { timeout: 60_000 });
    await expect.poll(() => service.uploads.length).toBe(1);
    vi.advanceTimersByTime(62_000);
    await expect(job).rejects.toMatchObject({ name: "TimeLimitError", limit: "attempt", ms: 62_000 });
  });

  it("goes through the middleware", async () => {
    service.behave({ uploads: [{ status: 503 }] });
    const seen: [string, number][] = [];
    await run(path, {
      middleware: [
        (request, next, { operationId, attempt }) => {
          seen.push([operationId, attempt]);
          return next(request);
        },
      ],
    });
    expect(seen.slice(0, 3)).toEqual([
      ["createProfilesImportV2", 1],
      ["uploadImportFile", 1],
      ["uploadImportFile", 2],
    ]);
  });
});
