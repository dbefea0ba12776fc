import { createReadStream } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { createSandbox, type Sandbox } from "@memory-api/server";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionWith, createConnection } from "../../src/connection/connection.ts";
import { isImportFailedError } from "../../src/errors/import-failed-error.ts";
import type { ImportEvent } from "../../src/imports/import-job.ts";
import { createImports, type Imports } from "../../src/imports/imports.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { csvStream, mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";

const contacts = "email,name\nada.reyes@example.com,Ada\nkai.lund@example.com,Kai\n";
const size = Buffer.byteLength(contacts);
const bytes = () => new TextEncoder().encode(contacts);

let sandbox: Sandbox;
let imports: Imports;
let folder: string;
let path: string;
beforeAll(async () => {
  sandbox = await createSandbox();
  imports = createImports(
    connectionWith(eagerEnvironment(), sandbox.clientOptions),
    "mem_store_00000000000000000000000000",
  );
  folder = await mkdtemp(join(tmpdir(), "imports-"));
  path = join(folder, "contacts.csv");
  await writeFile(path, contacts);
});
beforeEach(() => sandbox.reset());
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

async function eventsOf(job: AsyncIterable<ImportEvent>): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  for await (const event of job) events.push(event);
  return events;
}

describe("imports.run", () => {
  it("creates the import, uploads the file, waits, and resolves with the result", async () => {
    const job = imports.run(path, { mapping });
    const result = await job;
    expect(result).toEqual({
      importId: job.importId,
      status: "COMPLETED",
      summary: { errors: 0, warnings: 0 },
      hasFailedRows: false,
    });
    await expect(imports.list()).resolves.toMatchObject({ imports: [result.importId] });
  });

  it("emits an event for each step", async () => {
    const job = imports.run(new Blob([contacts]), { mapping });
    expect(await eventsOf(job)).toEqual([
      { type: "created", importId: job.importId },
      { type: "uploading", loaded: 0, total: size },
      { type: "uploading", loaded: size, total: size },
      { type: "uploaded" },
      { type: "processing" },
      { type: "completed", ...(await job) },
    ]);
  });

  it("reports failed rows of a completed import", async () => {
    const result = await imports.run(new Blob([`${contacts},Nobody\n`]), { mapping });
    expect(result).toMatchObject({ summary: { errors: 1, warnings: 0 }, hasFailedRows: true });
  });

  it("is rejected with the summary if too many rows failed", async () => {
    const job = imports.run(new Blob([contacts, ",Nobody\n".repeat(100)]), { mapping });
    const error = await job.catch((thrown: unknown) => thrown);
    expect(isImportFailedError(error)).toBe(true);
    expect(error).toMatchObject({
      importId: job.importId,
      summary: { errors: 100, warnings: 0 },
      message: `Import ${job.importId} failed: 100 rows failed. Rows that were applied remain.`,
    });
  });

  it("ends the events with the same error", async () => {
    const job = imports.run(new Blob([contacts, ",Nobody\n".repeat(100)]), { mapping });
    const seen: string[] = [];
    const reading = (async () => {
      for await (const { type } of job) seen.push(type);
    })();
    await expect(reading).rejects.toBe(await job.catch((error: unknown) => error));
    expect(seen).toContain("uploaded");
  });

  it("is rejected with the error of the service if the service rejects the import", async () => {
    const job = imports.run(path, { mapping: { email: "Contact.email", name: "Contact.nickname" } });
    await expect(job).rejects.toMatchObject({ operationId: "createProfilesImportV2", status: 400 });
    expect(job.importId).toBeUndefined();
  });

  it("rejects a malformed store ID before it sends anything", async () => {
    const connection = createConnection(sandbox.clientOptions);
    const job = createImports(connection, "mem_store_../x").run(path, { mapping });
    await expect(job).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "storeId" });
    expect(sandbox.requests.exchanges()).toEqual([]);
  });
});

describe("a source", () => {
  const sources: [string, () => ImportSource, string][] = [
    ["a path", () => path, "contacts.csv"],
    ["a Blob", () => new Blob([contacts]), "import.csv"],
    ["a File without a name", () => new File([contacts], ""), "import.csv"],
    ["a Blob whose name is not a string", () => Object.assign(new Blob([contacts]), { name: 7 }), "import.csv"],
    ["a File", () => new File([contacts], "spring.csv"), "spring.csv"],
    ["a File with the path of Windows", () => new File([contacts], "C:\\fakepath\\spring.csv"), "spring.csv"],
    ["a web stream with its size", () => ({ stream: new Blob([contacts]).stream(), size }), "import.csv"],
    ["a stream of Node.js with its size", () => ({ stream: createReadStream(path), size }), "import.csv"],
    [
      "a stream of single bytes",
      () => ({ stream: Readable.from([...bytes()].map((byte) => Uint8Array.of(byte))), size }),
      "import.csv",
    ],
    ["a function that opens a path", () => () => path, "contacts.csv"],
    ["a function that makes a Blob", () => async () => new Blob([contacts]), "import.csv"],
    ["a function that makes a stream", () => () => ({ stream: new Blob([contacts]).stream(), size }), "import.csv"],
  ];

  it.each(sources)("may be %s", async (_, source, filename) => {
    const { importId, summary } = await imports.run(source(), { mapping });
    expect(summary).toEqual({ errors: 0, warnings: 0 });
    await expect(imports.fetch(importId)).resolves.toMatchObject({ filename, fileSize: size });
  });

  it("has the `filename` of the options", async () => {
    const { importId } = await imports.run(path, { mapping, filename: "may.csv" });
    await expect(imports.fetch(importId)).resolves.toMatchObject({ filename: "may.csv" });
  });

  it("of many pieces reports increasing progress that ends at its size", async () => {
    const total = 1_000_000;
    const job = imports.run({ stream: csvStream(total), size: total }, { mapping });
    const loaded: number[] = [];
    for await (const event of job) if (event.type === "uploading") loaded.push(event.loaded);
    expect(loaded.length).toBeGreaterThan(4);
    expect(loaded).toEqual([...new Set(loaded)].sort((one, other) => one - other));
    expect([loaded[0], loaded.at(-1)]).toEqual([0, total]);
  });
});

describe("imports.resume", () => {
  it("waits for an import that another job started", async () => {
    const { importId } = await imports.run(path, { mapping });
    const job = imports.resume(importId);
    expect(job.importId).toBe(importId);
    expect((await eventsOf(job)).map(({ type }) => type)).toEqual(["processing", "completed"]);
    await expect(job).resolves.toMatchObject({ importId, hasFailedRows: false });
  });

  it("is rejected without a summary for an import whose file never arrived", async () => {
    const columnMappings = [
      { columnName: "email", traitGroup: "Contact", traitName: "email" },
      { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
    ];
    const { importId } = await imports.create({ filename: "a.csv", fileSize: 9, columnMappings });
    await sandbox.clock.advance(1_800_000);
    await expect(imports.resume(importId)).rejects.toMatchObject({
      name: "ImportFailedError",
      importId,
      summary: undefined,
      message: `Import ${importId} failed before a row was read: the file must arrive in time, and be CSV in UTF-8 with each mapped column once.`,
    });
  });

  it("rejects a malformed import ID before it sends anything", async () => {
    const job = imports.resume("mem_import_x");
    await expect(job).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "importId" });
    expect(job.importId).toBeUndefined();
    expect(sandbox.requests.exchanges()).toEqual([]);
  });

  it("is rejected for an import that does not exist", async () => {
    const job = imports.resume("mem_import_00000000000000000000000000");
    await expect(job).rejects.toMatchObject({ operationId: "fetchProfileImportV2", status: 404 });
  });
});
