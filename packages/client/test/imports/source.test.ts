import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { bounds } from "@memory-api/types";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIn } from "../../src/connection/connection.ts";
import { isInvalidSourceError } from "../../src/errors/invalid-source-error.ts";
import { runImport } from "../../src/imports/run-import.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { SourceReader } from "../../src/imports/source/source-reader.ts";
import { csvStream, mapping } from "./csv-sources.ts";
import { eagerSurroundings } from "./eager-surroundings.ts";
import { importService, storeId } from "./import-service.ts";

const contacts = "email,name\nada.reyes@example.com,Ada\n";
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

function run(source: ImportSource) {
  const credentials = { apiKey: "key", apiSecret: "secret" };
  const connection = connectionIn(eagerSurroundings(), { baseUrl: service.url, credentials });
  return runImport(connection, storeId, source, { mapping });
}

/** How a source was refused, of which nothing was sent. */
async function refusal(source: ImportSource) {
  const error = await run(source).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(service.creates).toEqual([]);
  if (!isInvalidSourceError(error)) throw error;
  return error;
}

describe("the file of a path", () => {
  it("is refused by its name if it is not there", async () => {
    const path = join(folder, "nowhere.csv");
    const { fault, message } = await refusal(path);
    expect([fault, message]).toEqual(["unreadable", `${path}: there is no such file`]);
  });

  it("is refused by its name if it is a folder", async () => {
    expect((await refusal(folder)).message).toBe(`${folder}: is a folder, not a file`);
  });

  it("is refused by its name if it cannot be reached", async () => {
    const path = join(folder, "contacts.csv");
    await writeFile(path, contacts);
    expect((await refusal(join(path, "x"))).message).toBe(`${join(path, "x")}: cannot be read (ENOTDIR)`);
  });

  it("is rejected by its name if it has a size, but cannot be opened", async () => {
    const path = join(folder, "removed.csv");
    await writeFile(path, contacts);
    const reader = await SourceReader.open(path);
    await rm(path);
    const { pieces } = await reader.read();
    await expect(pieces.next()).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: `${path}: cannot be read (ENOENT)`,
    });
  });

  it("is not taken for a text, which the error would show", async () => {
    const { message } = await refusal(contacts);
    expect(message).toBe("A string is the path of a file. Give a text as new Blob([text]).");
  });
});

describe("a size", () => {
  it("of no byte is refused", async () => {
    const { fault, message } = await refusal(new Blob([]));
    expect([fault, message]).toEqual(["size", `The file has 0 bytes. An import takes 1 to ${maximum}.`]);
  });

  it("of more than 100 MiB is refused", async () => {
    const path = join(folder, "large.csv");
    await writeFile(path, contacts);
    await truncate(path, maximum + 1);
    expect((await refusal(path)).message).toBe(`The file has ${maximum + 1} bytes. An import takes 1 to ${maximum}.`);
  });

  it.each([
    ["not given", undefined],
    ["no whole number", 1.5],
    ["no number", Number.NaN],
  ])("of a stream that is %s is refused, and the stream let go", async (_, size) => {
    let isCancelled = false;
    const stream = new ReadableStream({
      cancel() {
        isCancelled = true;
      },
    });
    const { fault, message } = await refusal({ stream, size: Number(size) });
    expect([fault, message, isCancelled]).toEqual([
      "size",
      "The size is not known: give a path, a Blob, or a stream with its size.",
      true,
    ]);
  });
});

describe("a header row", () => {
  it("that lacks mapped columns is rejected with their names and those of the columns found", async () => {
    const { fault, columns, message } = await refusal(new Blob(["phone,city\n+14155550123,Oakland\n"]));
    expect([fault, columns]).toEqual(["header", ["email", "name"]]);
    expect(message).toBe('The header row lacks these mapped columns: "email", "name". It contains: "phone", "city".');
  });

  it("with another separator than a comma is rejected with a hint", async () => {
    const { message } = await refusal(new Blob(["email;name\na@example.com;Ada\n"]));
    expect(message).toBe(
      'The header row lacks these mapped columns: "email", "name". It contains: "email;name". Separate columns with commas.',
    );
  });

  it("with many long names is rejected with the beginning of them", async () => {
    const names = Array.from({ length: 100 }, (_, index) => `${index} ${"x".repeat(1000)}`);
    const { message } = await refusal(new Blob([`${names.join()}\n`]));
    expect(message).toContain(`It contains: "0 ${"x".repeat(38)}…", "1 `);
    expect(message).toMatch(/"19 x+…" and 80 more\.$/);
    expect(message.length).toBeLessThan(1100);
  });

  it("with names that could control a terminal is rejected with escaped names", async () => {
    const { message } = await refusal(new Blob(['\u001b[2J,a\u009bb,"c\nd",\u202ee\n']));
    expect(message).toContain('It contains: "\\u001b[2J", "a\\u009bb", "c\\nd", "\\u202ee".');
  });

  it("that has a mapped column twice is rejected with its name", async () => {
    const { fault, columns, message } = await refusal(new Blob(["email,name,email\n"]));
    expect([fault, columns]).toEqual(["header", ["email"]]);
    expect(message).toBe('The header row contains these mapped columns more than once: "email".');
  });

  it("may have other columns, and those twice", async () => {
    await expect(run(new Blob(["email,x,x,name\na@example.com,1,2,Ada\n"]))).resolves.toMatchObject({
      status: "COMPLETED",
    });
  });

  it.each([
    ["an email address", "ada.reyes@example.com,Ada\n"],
    ["a phone number", "+1 (415) 555-0123,Ada\n"],
    ["a long number", "Ada,4155550123\n"],
  ])("that is a row of a customer is rejected without its content: %s", async (_, row) => {
    const error = await refusal(new Blob([row]));
    expect(error.message).toBe(
      'The header row lacks these mapped columns: "email", "name". Its content looks like data and is not shown. Does the file have a header row?',
    );
    expect(`${error.stack} ${JSON.stringify(error)}`).not.toMatch(/ada|555/i);
  });

  it("is looked for in a stream, too, which is let go then", async () => {
    let isCancelled = false;
    const stream = new ReadableStream({
      start: (controller) => controller.enqueue(new TextEncoder().encode("phone\n")),
      cancel() {
        isCancelled = true;
      },
    });
    expect((await refusal({ stream, size: 100 })).fault).toBe("header");
    expect(isCancelled).toBe(true);
  });
});

describe("a stream", () => {
  const size = 200_000;

  it.each([
    ["fewer", -1, `The source gave ${size - 1} bytes, not the ${size} that were announced.`],
    ["more", 1, `The source gave more than the ${size} bytes that were announced.`],
  ])("that gives %s bytes than it said never counts as uploaded", async (_, difference, message) => {
    const job = run({ stream: csvStream(size + difference), size });
    await expect(job).rejects.toMatchObject({ name: "InvalidSourceError", fault: "size", message });
    expect(service.uploads.every(({ received }) => received < size)).toBe(true);
    expect(service.polls()).toBe(0);
  });

  it("that goes on where its last byte should be never counts as uploaded", async () => {
    const job = run({ stream: csvStream(size + 1, size / 4), size });
    await expect(job).rejects.toMatchObject({ fault: "size" });
    expect(service.uploads.every(({ received }) => received < size)).toBe(true);
  });

  it.each([
    ["from its first piece on", ["text"]],
    ["after its header row", [new TextEncoder().encode(contacts), "text"]],
  ])("that gives something else than bytes is refused: %s", async (_, pieces) => {
    const stream: Readable = Readable.from(pieces);
    await expect(run({ stream, size })).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: "The stream gives something else than bytes: each piece must be a Uint8Array.",
    });
    expect(service.polls()).toBe(0);
  });

  it("that something else reads is refused", async () => {
    const stream = csvStream(size);
    stream.getReader();
    expect((await refusal({ stream, size })).fault).toBe("unreadable");
  });

  it("that breaks rejects with its own error, and is not opened again", async () => {
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
    await expect(run(source)).rejects.toBe(own);
    // For the header row, and to be sent.
    expect(opened).toBe(2);
  });
});

describe("a source that is opened again", () => {
  it("never counts as uploaded if it is of another length by then", async () => {
    const files = [new Blob([contacts]), new Blob([contacts.repeat(2)])];
    const job = run(() => files.shift() ?? new Blob([contacts]));
    await expect(job).rejects.toMatchObject({
      fault: "size",
      message: `The source gave more than the ${contacts.length} bytes that were announced.`,
    });
  });

  it("is refused if it is not there any more", async () => {
    const paths = [join(folder, "once.csv"), join(folder, "gone.csv")];
    await writeFile(join(folder, "once.csv"), contacts);
    const job = run(() => paths.shift() ?? "");
    await expect(job).rejects.toMatchObject({
      fault: "unreadable",
      message: `${join(folder, "gone.csv")}: there is no such file`,
    });
  });
});
