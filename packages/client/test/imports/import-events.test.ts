import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { ImportEvent } from "../../src/imports/import-job.ts";
import { csvStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService } from "./import-service.ts";

const size = 1_000_000;

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const run = (options?: { signal: AbortSignal }) => service.run({ stream: csvStream(size), size }, options);

/** Collects the events of a job, however it ends. */
async function eventsOf(job: AsyncIterable<ImportEvent>): Promise<ImportEvent[]> {
  const events: ImportEvent[] = [];
  try {
    for await (const event of job) events.push(event);
  } catch {
    // The tests of failed jobs look at the error.
  }
  return events;
}

const ALL = ["created", "uploading", "uploaded", "processing", "completed"];

describe("the events of an import", () => {
  it("are yielded from the first one to a reader that begins late, which gets only the newest progress", async () => {
    const job = run();
    await job;
    const events = await eventsOf(job);
    expect(events.map(({ type }) => type)).toEqual(ALL);
    expect(events[1]).toEqual({ type: "uploading", loaded: size, total: size });
  });

  it("are yielded to any number of readers", async () => {
    const job = run();
    for (const events of await Promise.all([eventsOf(job), eventsOf(job)])) {
      expect([...new Set(events.map(({ type }) => type))]).toEqual(ALL);
    }
  });

  it("do not stop the import when a reader leaves", async () => {
    const job = run();
    for await (const { type } of job) if (type === "created") break;
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("do not wait for a slow reader", async () => {
    const job = run();
    const reader = job[Symbol.asyncIterator]();
    await reader.next();
    await job;
    const { value } = await reader.next();
    expect(value).toEqual({ type: "uploading", loaded: size, total: size });
  });

  it("end with a completed job, even if its signal is aborted at the last event", async () => {
    const controller = new AbortController();
    const job = run({ signal: controller.signal });
    for await (const { type } of job) if (type === "completed") controller.abort();
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("stay the same after a job was aborted, although a transport reads on", async () => {
    const bodies: ReadableStream[] = [];
    const connection = service.connect(eagerEnvironment(), {
      fetch(url, init) {
        if (!(init.body instanceof ReadableStream)) return fetch(url, init);
        bodies.push(init.body);
        return new Promise(() => {});
      },
    });
    const controller = new AbortController();
    const job = service.run({ stream: csvStream(size), size }, { signal: controller.signal }, connection);
    await expect.poll(() => bodies.length).toBe(1);
    const reader = bodies[0]?.getReader();
    await reader?.read();
    controller.abort();
    const events = await eventsOf(job);
    await Promise.allSettled([reader?.read(), reader?.read()]);
    expect(await eventsOf(job)).toEqual(events);
  });
});
