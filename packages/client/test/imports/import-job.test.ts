import { inspect } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { connectionWith } from "../../src/connection/connection.ts";
import type { Environment } from "../../src/connection/environment.ts";
import type { ImportEvent } from "../../src/imports/import-job.ts";
import { resumeImport } from "../../src/imports/resume-import.ts";
import { type RunImportOptions, runImport } from "../../src/imports/run-import.ts";
import type { ImportSource } from "../../src/imports/source/import-source.ts";
import { csvBytes, csvStream, mapping } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importId, importService, storeId, token } from "./import-service.ts";

const size = 1_000_000;

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const connected = (environment: Environment) =>
  connectionWith(environment, { baseUrl: service.url, credentials: { apiKey: "key", apiSecret: "secret" } });

function run(
  options: Partial<RunImportOptions> = {},
  source: ImportSource = { stream: csvStream(size), size },
  environment: Environment = eagerEnvironment(),
) {
  return runImport(connected(environment), storeId, source, { mapping, ...options });
}

async function typesOf(job: AsyncIterable<ImportEvent>): Promise<string[]> {
  const types: string[] = [];
  for await (const { type } of job) types.push(type);
  return [...new Set(types)];
}

const ALL = ["created", "uploading", "uploaded", "processing", "completed"];

describe("the events of a job", () => {
  it("come from the beginning to whoever begins late, of those in a row the newest", async () => {
    const job = run();
    await job;
    const events: ImportEvent[] = [];
    for await (const event of job) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(ALL);
    expect(events[1]).toEqual({ type: "uploading", loaded: size, total: size });
  });

  it("come to any number of readers", async () => {
    const job = run();
    await expect(Promise.all([typesOf(job), typesOf(job), job])).resolves.toMatchObject([ALL, ALL, {}]);
  });

  it("can be left, and the work goes on", async () => {
    const job = run();
    for await (const { type } of job) if (type === "created") break;
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("do not wait for a reader that is slow", async () => {
    const job = run();
    const reader = job[Symbol.asyncIterator]();
    await reader.next();
    await job;
    const { value } = await reader.next();
    expect(value).toEqual({ type: "uploading", loaded: size, total: size });
  });

  it("end with an error that need not be caught a second time, nor at once", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    service.behave({ statuses: ["FAILED"] });
    const reading = (async () => {
      for await (const { type } of run()) {
        if (type !== "created") continue;
        await expect.poll(() => service.polls()).toBe(1);
        // Until the answer has come and is dealt with, and whoever listens for rejections has been told.
        await fetch(service.url);
        await new Promise(setImmediate);
      }
    })();
    await expect(reading).rejects.toMatchObject({ name: "ImportFailedError" });
    process.off("unhandledRejection", listen);
    expect(unhandled).toEqual([]);
  });
});

describe("a job that has failed", () => {
  it("can be iterated later, without an unhandled rejection in between", async () => {
    const unhandled: unknown[] = [];
    const listen = (reason: unknown) => unhandled.push(reason);
    process.on("unhandledRejection", listen);
    onTestFinished(() => void process.off("unhandledRejection", listen));
    const { promise: isOver, resolve } = Promise.withResolvers<void>();
    const job = run({}, () => {
      setImmediate(() => setImmediate(resolve));
      throw new Error("The file cannot be opened.");
    });
    await isOver;
    expect(unhandled).toEqual([]);
    await expect(typesOf(job)).rejects.toThrow("The file cannot be opened.");
  });

  it.each([Number.NaN, -1])("because of a deadline of %d names it, and has sent nothing", async (deadline) => {
    await expect(run({ deadline })).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "deadline" });
    expect(service.creates).toEqual([]);
  });
});

describe("the promise of a job", () => {
  it("can be caught and followed as any other", async () => {
    service.behave({ statuses: ["FAILED"], summary: null });
    let isOver = false;
    const caught = run()
      .finally(() => {
        isOver = true;
      })
      .catch(({ name }) => name);
    await expect(caught).resolves.toBe("ImportFailedError");
    expect(isOver).toBe(true);
  });

  it("counts no rows where the service does not say", async () => {
    service.behave({ summary: null });
    await expect(run()).resolves.toMatchObject({ summary: { errors: 0, warnings: 0 }, hasFailedRows: false });
  });
});

describe("polls", () => {
  it("come after pauses that grow to ten seconds, each of them shortened by chance", async () => {
    const statuses = [...Array.from({ length: 6 }, () => "PENDING"), ...Array.from({ length: 6 }, () => "PROCESSING")];
    for (const [random, longest] of [
      [0, 10_000],
      [0.5, 7500],
    ] as const) {
      service.behave({ statuses: [...statuses, "COMPLETED"] });
      const environment = eagerEnvironment(random);
      await run({}, undefined, environment);
      const { pauses } = environment;
      expect(pauses).toHaveLength(12);
      expect(pauses[0]).toBe(250 * (1 - random / 2));
      expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
      expect(pauses.at(-1)).toBe(longest);
    }
  });

  it("continue while the service is unavailable for minutes", async () => {
    service.behave({ failedPolls: 100 });
    const environment = eagerEnvironment();
    const began = environment.elapsed();
    await expect(run({}, undefined, environment)).resolves.toMatchObject({ status: "COMPLETED" });
    expect(environment.elapsed() - began).toBeGreaterThan(120_000);
  });

  it("end when the service has been unavailable for ten minutes", async () => {
    service.behave({ failedPolls: Number.POSITIVE_INFINITY });
    const environment = eagerEnvironment();
    const began = environment.elapsed();
    await expect(run({}, undefined, environment)).rejects.toMatchObject({ status: 503 });
    expect(environment.elapsed() - began).toBeGreaterThan(500_000);
    expect(environment.elapsed() - began).toBeLessThan(700_000);
  });

  it("end at the first failure without retries", async () => {
    service.behave({ failedPolls: 1 });
    await expect(run({ retry: false })).rejects.toMatchObject({ operationId: "fetchProfileImportV2", status: 503 });
    expect(service.polls()).toBe(1);
  });

  it("tell once that the service has begun", async () => {
    service.behave({ statuses: ["PENDING", "PROCESSING", "PROCESSING", "PROCESSING", "COMPLETED"] });
    let times = 0;
    for await (const { type } of run()) if (type === "processing") times++;
    expect(times).toBe(1);
  });

  it("go on at a status that is not known yet", async () => {
    service.behave({ statuses: ["QUEUED", "COMPLETED"] });
    await expect(run()).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("do not take a status that is not known yet for the beginning", async () => {
    service.behave({ statuses: ["QUEUED", "FAILED"] });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of run()) types.push(type);
    })();
    await expect(reading).rejects.toMatchObject({ name: "ImportFailedError" });
    expect(types).not.toContain("processing");
  });

  it.each([undefined, null, 3])("end at an answer whose status is %j", async (status) => {
    service.behave({ statuses: [status] });
    await expect(run()).rejects.toMatchObject({
      name: "MemoryApiError",
      operationId: "fetchProfileImportV2",
      status: 200,
    });
    expect(service.polls()).toBe(1);
  });
});

describe("a job that is aborted", () => {
  const reason = new Error("The user left.");

  /** Aborts a job when something has come about. Gives the ID of its import. */
  async function abortedWhen(isSo: () => boolean, source?: ImportSource, environment?: Environment) {
    const controller = new AbortController();
    const job = run({ signal: controller.signal }, source, environment);
    job.catch(() => {});
    await expect.poll(isSo).toBe(true);
    controller.abort(reason);
    await expect(job).rejects.toBe(reason);
    await expect(typesOf(job)).rejects.toBe(reason);
    return job.importId;
  }

  it("before it begins sends nothing", async () => {
    await expect(run({ signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(service.creates).toEqual([]);
  });

  it("while it waits for the header row lets go of the source, and sends nothing", async () => {
    let isAsked = false;
    let isCancelled = false;
    const stream = new ReadableStream({
      pull() {
        isAsked = true;
        return new Promise(() => {});
      },
      cancel() {
        isCancelled = true;
      },
    });
    await abortedWhen(() => isAsked, { stream, size });
    await expect.poll(() => isCancelled).toBe(true);
    expect(service.creates).toEqual([]);
  });

  it("while the import is created ends at once", async () => {
    service.behave({ holdsCreate: true });
    await expect(abortedWhen(() => service.creates.length === 1)).resolves.toBeUndefined();
  });

  it("while it uploads lets go of the source", async () => {
    service.behave({ uploads: ["hold"] });
    let isCancelled = false;
    const whole = new Blob([csvBytes(64 * 1024)]).stream().getReader();
    const stream = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const { value } = await whole.read();
        if (value) controller.enqueue(value);
        else await new Promise(() => {});
      },
      cancel() {
        isCancelled = true;
      },
    });
    await expect(abortedWhen(() => service.uploads.length === 1, { stream, size })).resolves.toBe(importId);
    await expect.poll(() => isCancelled).toBe(true);
  });

  it("while it polls leaves an import that can be resumed", async () => {
    service.behave({ statuses: ["PROCESSING", "COMPLETED"] });
    const waiting: Environment = {
      ...eagerEnvironment(),
      sleep: (_, signal) =>
        new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason), { once: true })),
    };
    const left = await abortedWhen(() => service.polls() === 1, undefined, waiting);
    if (left === undefined) throw new Error("The job has no import.");
    await expect(resumeImport(connected(eagerEnvironment()), storeId, left)).resolves.toMatchObject({
      importId,
      status: "COMPLETED",
    });
    expect(service.creates).toHaveLength(1);
  });
});

describe("the deadline of a job", () => {
  it("is for all of it, and names what it waited for", async () => {
    service.behave({ uploads: ["hold"] });
    await expect(run({ deadline: 200 })).rejects.toMatchObject({
      name: "TimeLimitError",
      operationId: "uploadImportFile",
      limit: "deadline",
      ms: 200,
    });
  });
});

describe("the signature of the upload URL", () => {
  it.each([
    ["completed", {}],
    ["failed", { statuses: ["FAILED"] }],
    ["refused at the upload", { uploads: [{ status: 403 }] }],
    ["cut at the upload", { uploads: [{ resetAfter: 1 }] }],
  ])("does not show in a job that was %s", async (_, script) => {
    service.behave(script);
    const job = run({}, { stream: csvStream(size), size });
    const shown: unknown[] = [job];
    try {
      for await (const event of job) shown.push(event);
    } catch (error) {
      shown.push(error, Object(error).stack);
    }
    const told = shown.map((each) => `${inspect(each, { depth: 10, showHidden: true })} ${JSON.stringify(each)}`);
    expect(told.join("\n")).not.toContain(token);
    expect(told.length).toBeGreaterThan(1);
  });
});
