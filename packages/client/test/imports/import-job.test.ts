import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { resumeImport } from "../../src/imports/resume-import.ts";
import { endAfter, stopTimers } from "../resilience/stopped-timers.ts";
import { contacts, csvStream, silentStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importId, importService, storeId, token } from "./import-service.ts";

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const run = (options?: { deadline: number }) => service.run(new Blob([contacts]), options);

/** Returns the unhandled rejections of the current test. */
function unhandledRejections(): readonly unknown[] {
  const rejections: unknown[] = [];
  const listen = (reason: unknown) => rejections.push(reason);
  process.on("unhandledRejection", listen);
  onTestFinished(() => void process.off("unhandledRejection", listen));
  return rejections;
}

describe("an import job", () => {
  it("has a name of its own as a string", () => {
    expect(String(run())).toBe("[object ImportJob]");
  });

  it("has the methods of a promise", async () => {
    service.behave({ statuses: ["FAILED"], summary: null });
    let isOver = false;
    const name = run()
      .finally(() => {
        isOver = true;
      })
      .catch((error) => error.name);
    await expect(name).resolves.toBe("ImportFailedError");
    expect(isOver).toBe(true);
  });

  it("starts without being awaited or iterated", async () => {
    run();
    await expect.poll(() => service.polls()).toBe(1);
  });

  it("counts no rows if the service returns no summary", async () => {
    service.behave({ summary: null });
    await expect(run()).resolves.toMatchObject({ summary: { errors: 0, warnings: 0 }, hasFailedRows: false });
  });
});

describe("a failed job", () => {
  it("causes no unhandled rejection, and throws its error if it is iterated later", async () => {
    const unhandled = unhandledRejections();
    const { promise: isOver, resolve } = Promise.withResolvers<void>();
    const job = service.run(() => {
      setImmediate(() => setImmediate(resolve));
      throw new Error("The file cannot be opened.");
    });
    await isOver;
    expect(unhandled).toEqual([]);
    await expect(job[Symbol.asyncIterator]().next()).rejects.toThrow("The file cannot be opened.");
  });

  it("causes no unhandled rejection if it resumes an import", async () => {
    const unhandled = unhandledRejections();
    service.behave({ statuses: ["FAILED"] });
    const job = resumeImport(service.connect(), storeId, importId);
    await expect.poll(() => service.polls()).toBe(1);
    // Until the response has arrived, and unhandled rejections have been reported.
    await fetch(service.url);
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
    await expect(job).rejects.toMatchObject({ name: "ImportFailedError" });
  });

  it("causes no unhandled rejection while its reader is busy", async () => {
    const unhandled = unhandledRejections();
    service.behave({ statuses: ["FAILED"] });
    const reading = (async () => {
      for await (const { type } of run()) {
        if (type !== "created") continue;
        await expect.poll(() => service.polls()).toBe(1);
        // Until the response has arrived, and unhandled rejections have been reported.
        await fetch(service.url);
        await new Promise(setImmediate);
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: "ImportFailedError" });
    expect(unhandled).toEqual([]);
  });
});

describe("the deadline of a job", () => {
  it("limits all its steps, and the error names the request in progress", async () => {
    service.behave({ uploads: ["hold"] });
    stopTimers();
    const job = run({ deadline: 60_000 });
    await expect.poll(() => service.uploads.length).toBe(1);
    expect(await endAfter(60_000, job)).toMatchObject({
      name: "TimeLimitError",
      operationId: "uploadImportFile",
      limit: "deadline",
      ms: 60_000,
      attempts: 1,
    });
  });

  it("names the creation of the import until its response arrives", async () => {
    stopTimers();
    const operationId = "createProfilesImportV2";
    const { stream, seen } = silentStream();
    const reading = service.run({ stream, size: 100 }, { deadline: 60_000 });
    await expect.poll(() => seen.isWaiting).toBe(true);
    expect(await endAfter(60_000, reading)).toMatchObject({ operationId, attempts: 0 });

    service.behave({ holdsCreate: true });
    const creating = run({ deadline: 60_000 });
    await expect.poll(() => service.creates.length).toBe(1);
    expect(await endAfter(60_000, creating)).toMatchObject({ operationId, attempts: 1 });
  });

  it("names the poll in progress", async () => {
    service.behave({ statuses: ["PENDING"] });
    stopTimers();
    let pauses = 0;
    const connection = service.connect({
      ...eagerEnvironment(),
      sleep: () => (++pauses < 3 ? Promise.resolve() : new Promise(() => {})),
    });
    const job = service.run(new Blob([contacts]), { deadline: 60_000 }, connection);
    await expect.poll(() => pauses).toBe(3);
    expect(await endAfter(60_000, job)).toMatchObject({
      operationId: "fetchProfileImportV2",
      limit: "deadline",
      attempts: 3,
    });
  });

  it.each([Number.NaN, -1])("of %d is rejected before anything is sent", async (deadline) => {
    await expect(run({ deadline })).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "deadline" });
    expect(service.creates).toEqual([]);
  });

  it("of 0 sends nothing, even if the source yields everything at once", async () => {
    const sent: string[] = [];
    const connection = service.connect(eagerEnvironment(), {
      fetch(url, init) {
        sent.push(url);
        return fetch(url, init);
      },
    });
    async function* bytes() {
      yield new TextEncoder().encode(contacts);
    }
    const job = service.run({ stream: bytes(), size: contacts.length }, { deadline: 0 }, connection);
    await expect(job).rejects.toMatchObject({ name: "TimeLimitError", limit: "deadline", ms: 0, attempts: 0 });
    const resumed = resumeImport(connection, storeId, importId, { deadline: 0 });
    await expect(resumed).rejects.toMatchObject({ operationId: "fetchProfileImportV2", ms: 0, attempts: 0 });
    expect(sent).toEqual([]);
  });
});

describe("the signature of the upload URL", () => {
  it.each([
    ["completed", {}],
    ["failed", { statuses: ["FAILED"] }],
    ["was rejected at the upload", { uploads: [{ status: 403 }] }],
    ["was cut off at the upload", { uploads: [{ resetAfter: 1 }] }],
  ])("does not appear in a job that %s", async (_, script) => {
    service.behave(script);
    const size = 1_000_000;
    const job = service.run({ stream: csvStream(size), size });
    const seen: unknown[] = [job];
    try {
      for await (const event of job) seen.push(event);
    } catch (error) {
      seen.push(error, Object(error).stack);
    }
    const output = seen.map((each) => `${inspect(each, { depth: 10, showHidden: true })} ${JSON.stringify(each)}`);
    expect(output.join("\n")).not.toContain(token);
    expect(output.length).toBeGreaterThan(1);
  });
});
