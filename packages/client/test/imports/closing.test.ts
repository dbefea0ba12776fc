import { createReadStream, type ReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { contacts, csvStream } from "./csv-sources.ts";
import { importService } from "./import-service.ts";

const size = contacts.length;

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

describe("a stream of Node.js that the job does not read", () => {
  const sources: [string, (opened: ReadStream, size: number) => ImportSource][] = [
    ["passed directly", (stream, size) => ({ stream, size })],
    ["opened by a function", (stream, size) => () => ({ stream, size })],
  ];

  it.each(sources)("is closed if its size is rejected: %s", async (_, source) => {
    const stream = createReadStream(path);
    await expect(service.run(source(stream, 0))).rejects.toMatchObject({ fault: "size" });
    await expect.poll(() => stream.closed).toBe(true);
  });

  it.each(sources)("is closed if the mapping is rejected: %s", async (_, source) => {
    const stream = createReadStream(path);
    const mapping: Record<string, "Contact.email"> = JSON.parse('{"email":"nothing"}');
    await expect(service.run(source(stream, size), { mapping })).rejects.toMatchObject({ parameter: "mapping" });
    await expect.poll(() => stream.closed).toBe(true);
  });

  it.each([
    ["the signal was aborted before", { signal: AbortSignal.abort(new Error("The user left.")) }, "The user left."],
    ["the deadline is 0", { deadline: 0 }, "deadline"],
    ["the deadline is rejected", { deadline: -1 }, "deadline"],
  ])("is closed if %s", async (_, options, message) => {
    const stream = createReadStream(path);
    await expect(service.run({ stream, size }, options)).rejects.toThrow(message);
    await expect.poll(() => stream.closed).toBe(true);
  });
});

describe("a source that a function opens", () => {
  it("is closed after each reading", async () => {
    service.behave({ uploads: [{ status: 503 }] });
    const opened: ReadStream[] = [];
    const source = () => {
      const stream = createReadStream(path);
      opened.push(stream);
      return { stream, size };
    };
    await expect(service.run(source)).resolves.toMatchObject({ status: "COMPLETED" });
    // For the header row, and for each of two attempts.
    expect(opened).toHaveLength(3);
    await expect.poll(() => opened.every(({ closed }) => closed)).toBe(true);
  });

  it.each([
    ["the web", () => csvStream(size)],
    ["Node.js", () => createReadStream(path)],
  ])("must be new each time: a stream of %s that was read is rejected", async (_, open) => {
    const stream = open();
    await expect(service.run(() => ({ stream, size }))).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: "The stream was already read. Pass a new stream; a function must open a new one each time.",
    });
    expect(service.uploads).toEqual([]);
  });
});
