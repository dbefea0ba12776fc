import { existsSync } from "node:fs";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { bounds } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { openSource } from "../../src/imports/source/open-source.ts";
import { SourceReader } from "../../src/imports/source/source-reader.ts";
import { contacts, csvStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService } from "./import-service.ts";
import { rejectedSource } from "./rejected-source.ts";

const { maximum } = bounds.FileSize;

let service: Awaited<ReturnType<typeof importService>>;
let folder: string;
beforeAll(async () => {
  service = await importService();
  folder = await mkdtemp(join(tmpdir(), "sources-"));
});
beforeEach(() => service.behave());
afterAll(async () => {
  await service.close();
  await rm(folder, { recursive: true });
});

const rejection = (source: ImportSource) => rejectedSource(service, source);

describe("a path", () => {
  it("is rejected if there is no such file", async () => {
    const path = join(folder, "nowhere.csv");
    const { fault, message } = await rejection(path);
    expect([fault, message]).toEqual(["unreadable", `${path}: no such file`]);
  });

  it("is rejected if it is a directory", async () => {
    expect((await rejection(folder)).message).toBe(`${folder}: is a directory, not a file`);
  });

  it("is rejected if it is a device", async ({ skip }) => {
    skip(!existsSync("/dev/null"), "this system has no /dev/null");
    expect((await rejection("/dev/null")).message).toBe("/dev/null: is not a regular file");
  });

  it("is rejected in a runtime without a file system", async () => {
    for (const process of [undefined, {}]) {
      vi.stubGlobal("process", process);
      const opening = openSource("contacts.csv");
      vi.unstubAllGlobals();
      await expect(opening).rejects.toMatchObject({
        fault: "unreadable",
        message: "This runtime has no file system. Pass a File, a Blob or a stream.",
      });
    }
  });

  it("is rejected if it cannot be reached", async () => {
    const path = join(folder, "contacts.csv");
    await writeFile(path, contacts);
    expect((await rejection(join(path, "x"))).message).toBe(`${join(path, "x")}: cannot be read (ENOTDIR)`);
  });

  it("is rejected if the file cannot be opened", async () => {
    const path = join(folder, "removed.csv");
    await writeFile(path, contacts);
    const reader = new SourceReader(path);
    await reader.open();
    await rm(path);
    const { pieces } = await reader.read();
    await expect(pieces.next()).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: `${path}: cannot be read (ENOENT)`,
    });
  });

  /** Runs an import of a file that is changed after its header row was checked. */
  function runWithChange(path: string, change: () => Promise<void>) {
    const connection = service.connect(eagerEnvironment(), {
      middleware: [
        async (request, next, { operationId }) => {
          const response = await next(request);
          if (operationId === "createProfilesImportV2") await change();
          return response;
        },
      ],
    });
    return service.run(path, {}, connection);
  }

  it.each([
    ["shrinks", -1, `The source yielded ${contacts.length - 1} bytes instead of ${contacts.length}.`],
    ["grows", 1, `The source yielded more than ${contacts.length} bytes.`],
  ])("is never uploaded completely if the file %s before the upload", async (_, difference, message) => {
    const path = join(folder, "changing.csv");
    await writeFile(path, contacts);
    const job = runWithChange(path, () => truncate(path, contacts.length + difference));
    await expect(job).rejects.toMatchObject({ fault: "size", message });
    expect(service.polls()).toBe(0);
  });

  it("is rejected, and does not end the process, if the file is removed before the upload reads it", async () => {
    const uncaught: unknown[] = [];
    const listen = (error: unknown) => uncaught.push(error);
    process.on("uncaughtException", listen);
    onTestFinished(() => void process.off("uncaughtException", listen));
    const path = join(folder, "briefly.csv");
    await writeFile(path, contacts);
    await expect(runWithChange(path, () => rm(path))).rejects.toMatchObject({
      fault: "unreadable",
      message: `${path}: cannot be read (ENOENT)`,
    });
    expect(uncaught).toEqual([]);
  });

  it("is not confused with text, which the error would contain", async () => {
    const { message } = await rejection(contacts);
    expect(message).toBe("A string source is the path of a file. Pass text as new Blob([text]).");
  });
});

describe("a size", () => {
  it("of 0 bytes is rejected", async () => {
    const { fault, message } = await rejection(new Blob([]));
    expect([fault, message]).toEqual(["size", `The file has 0 bytes. It must have from 1 to ${maximum} bytes.`]);
  });

  it("of more than 100 MiB is rejected", async () => {
    const path = join(folder, "large.csv");
    await writeFile(path, contacts);
    await truncate(path, maximum + 1);
    expect((await rejection(path)).message).toBe(
      `The file has ${maximum + 1} bytes. It must have from 1 to ${maximum} bytes.`,
    );
  });

  it.each([1, maximum])("of %d bytes is accepted", async (size) => {
    const stream = new Blob(["phone\n"]).stream();
    expect((await rejection({ stream, size })).fault).toBe("header");
  });

  it.each([
    ["missing", undefined],
    ["not an integer", 1.5],
    ["NaN", Number.NaN],
  ])("of a stream that is %s is rejected, and the stream is closed", async (_, size) => {
    let isCancelled = false;
    const stream = new ReadableStream({
      cancel() {
        isCancelled = true;
      },
    });
    const { fault, message } = await rejection({ stream, size: Number(size) });
    expect([fault, message, isCancelled]).toEqual([
      "size",
      "The size is unknown. Pass a path, a Blob, or a stream with its size in bytes.",
      true,
    ]);
  });
});

describe("a stream", () => {
  const size = 200_000;
  const bytes = new TextEncoder().encode(contacts);

  it("without its size is rejected", async () => {
    // @ts-expect-error: lacks the size
    const { fault, message } = await rejection(csvStream(size));
    expect([fault, message]).toEqual([
      "unreadable",
      "The source must be a path, a Blob, { stream, size }, or a function that returns one of these.",
    ]);
  });

  it.each([
    ["fewer", -1, `The source yielded ${size - 1} bytes instead of ${size}.`],
    ["more", 1, `The source yielded more than ${size} bytes.`],
  ])("that yields %s bytes than its size is never uploaded completely", async (_, difference, message) => {
    const job = service.run({ stream: csvStream(size + difference), size });
    await expect(job).rejects.toMatchObject({ name: "InvalidSourceError", fault: "size", message });
    expect(service.uploads.every(({ received }) => received < size)).toBe(true);
    expect(service.polls()).toBe(0);
  });

  it("that continues after its size is never uploaded completely", async () => {
    const job = service.run({ stream: csvStream(size + 1, size / 4), size });
    await expect(job).rejects.toMatchObject({ fault: "size" });
    expect(service.uploads.every(({ received }) => received < size)).toBe(true);
  });

  it.each([
    ["text", ["text"]],
    ["text after the header row", [bytes, "text"]],
    ["a Uint16Array", [bytes, new Uint16Array((size - contacts.length) / 2)]],
    ["a DataView", [bytes, new DataView(new ArrayBuffer(size - contacts.length))]],
    ["a number", [bytes, 7]],
  ])("that yields something other than bytes is rejected: %s", async (_, pieces) => {
    const stream: Readable = Readable.from(pieces);
    await expect(service.run({ stream, size })).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: "The stream yielded something other than bytes. Each chunk must be a Uint8Array.",
    });
    expect(service.polls()).toBe(0);
  });

  it("may yield empty pieces", async () => {
    const pieces = ["", contacts.slice(0, 9), "", contacts.slice(9), ""].map((text) => new TextEncoder().encode(text));
    const job = service.run({ stream: Readable.from(pieces), size: contacts.length });
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("may have an iterator that cannot be closed", async () => {
    const left = [bytes];
    const next = async () => ({ done: left.length === 0, value: left.shift() ?? bytes });
    const stream: AsyncIterable<Uint8Array> = { [Symbol.asyncIterator]: () => ({ next }) };
    await expect(service.run({ stream, size: bytes.length })).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("of Node.js that failed before rejects the job with its own error", async () => {
    const own = new Error("The tape is torn.");
    const stream = new Readable().on("error", () => {}).destroy(own);
    await expect(service.run({ stream, size })).rejects.toBe(own);
  });

  it("that is locked by another reader is rejected", async () => {
    const stream = csvStream(size);
    stream.getReader();
    expect((await rejection({ stream, size })).fault).toBe("unreadable");
  });

  it("that fails rejects the job with its own error, and is not opened again", async () => {
    const own = new Error("The tape is torn.");
    let opened = 0;
    const source = () => {
      opened++;
      const whole = csvStream(size).getReader();
      let pieces = 0;
      const stream = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value } = await whole.read();
          if (value === undefined || pieces++ > 1) controller.error(own);
          else controller.enqueue(value);
        },
      });
      return { stream, size };
    };
    await expect(service.run(source)).rejects.toBe(own);
    // For the header row and for the upload.
    expect(opened).toBe(2);
  });
});

describe("a source that is opened again", () => {
  it("is never uploaded completely if its size has changed", async () => {
    const files = [new Blob([contacts]), new Blob([contacts.repeat(2)])];
    const job = service.run(() => files.shift() ?? new Blob([contacts]));
    await expect(job).rejects.toMatchObject({
      fault: "size",
      message: `The source yielded more than ${contacts.length} bytes.`,
    });
  });

  it("is rejected if the file no longer exists", async () => {
    const paths = [join(folder, "once.csv"), join(folder, "gone.csv")];
    await writeFile(join(folder, "once.csv"), contacts);
    const job = service.run(() => paths.shift() ?? "");
    await expect(job).rejects.toMatchObject({
      fault: "unreadable",
      message: `${join(folder, "gone.csv")}: no such file`,
    });
  });
});
