import { createReadStream, type ReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import { type RunImportOptions, runImport } from "../../src/imports/run-import.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { csvStream, mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService, storeId } from "./import-service.ts";

const contacts = "email,name\nada.reyes@example.com,Ada\n";
const size = contacts.length;
const reason = new Error("The user left.");

let service: Awaited<ReturnType<typeof importService>>;
let folder: string;
let path: string;
beforeAll(async () => {
  service = await importService();
  folder = await mkdtemp(join(tmpdir(), "closing-"));
  path = join(folder, "contacts.csv");
  await writeFile(path, contacts);
});
beforeEach(() => service.behave());
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

function run(source: ImportSource, options: Partial<RunImportOptions> = {}) {
  const credentials = { apiKey: "key", apiSecret: "secret" };
  const connection = connectionWith(eagerEnvironment(), { baseUrl: service.url, credentials });
  return runImport(connection, storeId, source, { mapping, ...options });
}

/** A stream that never gives anything, and what became of it. */
function silentStream() {
  const seen = { isAsked: false, isCancelled: false };
  const stream = new ReadableStream<Uint8Array>({
    pull() {
      seen.isAsked = true;
      return new Promise(() => {});
    },
    cancel() {
      seen.isCancelled = true;
    },
  });
  return { stream, seen };
}

describe("a stream of Node.js that nothing was read of", () => {
  const ways: [string, (opened: ReadStream, size: number) => ImportSource][] = [
    ["given as it is", (stream, size) => ({ stream, size })],
    ["opened by a function", (stream, size) => () => ({ stream, size })],
  ];

  it.each(ways)("is closed where its size is refused: %s", async (_, source) => {
    const stream = createReadStream(path);
    await expect(run(source(stream, 0))).rejects.toMatchObject({ fault: "size" });
    await expect.poll(() => stream.closed).toBe(true);
  });

  it.each(ways)("is closed where the mapping is refused: %s", async (_, source) => {
    const stream = createReadStream(path);
    const wrong: Record<string, "Contact.email"> = JSON.parse('{"email":"nothing"}');
    await expect(run(source(stream, size), { mapping: wrong })).rejects.toMatchObject({ parameter: "mapping" });
    await expect.poll(() => stream.closed).toBe(true);
  });
});

describe("a job that is aborted", () => {
  it("ends the reading of a stream of Node.js that gives nothing", async () => {
    let isAsked = false;
    const stream = new Readable({
      read() {
        isAsked = true;
      },
    });
    const controller = new AbortController();
    const job = run({ stream, size }, { signal: controller.signal });
    job.catch(() => {});
    await expect.poll(() => isAsked).toBe(true);
    controller.abort(reason);
    await expect(job).rejects.toBe(reason);
    await expect.poll(() => stream.destroyed).toBe(true);
  });

  it("lets go of what a function opens too late", async () => {
    const { stream, seen } = silentStream();
    const opening = Promise.withResolvers<{ stream: ReadableStream<Uint8Array>; size: number }>();
    const controller = new AbortController();
    const job = run(() => opening.promise, { signal: controller.signal });
    controller.abort(reason);
    await expect(job).rejects.toBe(reason);
    opening.resolve({ stream, size });
    await expect.poll(() => seen.isCancelled).toBe(true);
  });

  it("lets go of what a function opens too late to be sent", async () => {
    const { stream, seen } = silentStream();
    const opening = Promise.withResolvers<{ stream: ReadableStream<Uint8Array>; size: number }>();
    const files = [async () => new Blob([contacts]), () => opening.promise];
    const controller = new AbortController();
    const job = run(() => files.shift()?.() ?? new Blob([]), { signal: controller.signal });
    job.catch(() => {});
    await expect.poll(() => files.length).toBe(0);
    controller.abort(reason);
    await expect(job).rejects.toBe(reason);
    opening.resolve({ stream, size });
    await expect.poll(() => seen.isCancelled).toBe(true);
    expect(service.uploads).toEqual([]);
  });
});

describe("what a function opens", () => {
  it("is closed after each reading", async () => {
    service.behave({ uploads: [{ status: 503 }] });
    const opened: ReadStream[] = [];
    const source = () => {
      const stream = createReadStream(path);
      opened.push(stream);
      return { stream, size };
    };
    await expect(run(source)).resolves.toMatchObject({ status: "COMPLETED" });
    // For the header row, and for each of two attempts.
    expect(opened).toHaveLength(3);
    await expect.poll(() => opened.every(({ closed }) => closed)).toBe(true);
  });

  it.each([
    ["the web", () => csvStream(size)],
    ["Node.js", () => createReadStream(path)],
  ])("must be new each time: a stream of %s that was read is refused", async (_, open) => {
    const stream = open();
    await expect(run(() => ({ stream, size }))).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: "The stream is read already: give a new one; a function must open it anew each time.",
    });
    expect(service.uploads).toEqual([]);
  });
});
