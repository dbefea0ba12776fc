import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../src/connection/environment.ts";
import { resumeImport } from "../../src/imports/resume-import.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { xhrFetch } from "../../src/imports/upload/xhr-fetch.ts";
import { contacts, csvBytes, silentStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importId, importService, storeId } from "./import-service.ts";

const size = 1_000_000;
const reason = new Error("The user left.");

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

/** Aborts a job once the condition holds, and returns the ID of its import. */
async function abortOnce(
  condition: () => boolean,
  source: ImportSource = new Blob([contacts]),
  environment: Environment = eagerEnvironment(),
) {
  const controller = new AbortController();
  const job = service.run(source, { signal: controller.signal }, service.connect(environment));
  await expect.poll(condition).toBe(true);
  controller.abort(reason);
  await expect(job).rejects.toBe(reason);
  const reading = (async () => {
    for await (const _ of job);
  })();
  await expect(reading).rejects.toBe(reason);
  return job.importId;
}

describe("a job that is aborted", () => {
  it("before it starts sends nothing", async () => {
    const job = service.run(new Blob([contacts]), { signal: AbortSignal.abort(reason) });
    await expect(job).rejects.toBe(reason);
    expect(service.creates).toEqual([]);
  });

  it("while a function opens the source closes what opens late", async () => {
    const { stream, seen } = silentStream();
    const { promise, resolve } = Promise.withResolvers<{ stream: ReadableStream<Uint8Array>; size: number }>();
    await abortOnce(
      () => true,
      () => promise,
    );
    resolve({ stream, size });
    await expect.poll(() => seen.isCancelled).toBe(true);
  });

  it("while it waits for the header row closes the stream, and sends nothing", async () => {
    const { stream, seen } = silentStream();
    await abortOnce(() => seen.isWaiting, { stream, size });
    await expect.poll(() => seen.isCancelled).toBe(true);
    expect(service.creates).toEqual([]);
  });

  it("while it waits for the header row closes a stream of Node.js", async () => {
    let isWaiting = false;
    const stream = new Readable({
      read() {
        isWaiting = true;
      },
    });
    await abortOnce(() => isWaiting, { stream, size });
    await expect.poll(() => stream.destroyed).toBe(true);
  });

  it("while it creates the import is rejected immediately", async () => {
    service.behave({ holdsCreate: true });
    await expect(abortOnce(() => service.creates.length === 1)).resolves.toBeUndefined();
  });

  it("while a function opens the source for the upload closes what opens late, and uploads nothing", async () => {
    const { stream, seen } = silentStream();
    const { promise, resolve } = Promise.withResolvers<{ stream: ReadableStream<Uint8Array>; size: number }>();
    const files = [async () => new Blob([contacts]), () => promise];
    await abortOnce(
      () => files.length === 0,
      () => files.shift()?.() ?? new Blob([]),
    );
    resolve({ stream, size });
    await expect.poll(() => seen.isCancelled).toBe(true);
    expect(service.uploads).toEqual([]);
  });

  it("while it uploads closes the stream", async () => {
    service.behave({ uploads: ["hold"] });
    const { stream, seen } = silentStream([csvBytes(64 * 1024)]);
    await expect(abortOnce(() => service.uploads.length === 1, { stream, size })).resolves.toBe(importId);
    await expect.poll(() => seen.isCancelled).toBe(true);
  });

  it("while it polls leaves an import that can be resumed", async () => {
    service.behave({ statuses: ["PROCESSING", "COMPLETED"] });
    const waiting: Environment = {
      ...eagerEnvironment(),
      sleep: (_, signal) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true })),
    };
    await expect(abortOnce(() => service.polls() === 1, undefined, waiting)).resolves.toBe(importId);
    await expect(resumeImport(service.connect(), storeId, importId)).resolves.toMatchObject({
      importId,
      status: "COMPLETED",
    });
    expect(service.creates).toHaveLength(1);
  });
});

describe("the transport over XMLHttpRequest", () => {
  it("sends nothing if the signal was aborted before, for example in a middleware", async () => {
    const init = { method: "PUT", headers: {}, redirect: "manual", signal: AbortSignal.abort(reason) } as const;
    await expect(xhrFetch(() => {})(service.url, init)).rejects.toBe(reason);
  });
});
