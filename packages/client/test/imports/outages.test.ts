import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { endAfter, stopTimers } from "../resilience/stopped-timers.ts";
import { contacts, csvStream } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService } from "./import-service.ts";

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const failures = (count: number) => Array.from({ length: count }, () => ({ status: 503, isUnread: true }) as const);

describe("while the service is unavailable, polls", () => {
  const run = (options = {}, environment = eagerEnvironment(), clientOptions = {}) =>
    service.run(new Blob([contacts]), options, service.connect(environment, clientOptions));

  it("are repeated for minutes", async () => {
    service.behave({ failedPolls: 100 });
    const environment = eagerEnvironment();
    const start = environment.elapsed();
    await expect(run({}, environment)).resolves.toMatchObject({ status: "COMPLETED" });
    expect(environment.elapsed() - start).toBeGreaterThan(120_000);
  });

  it("end after ten minutes", async () => {
    service.behave({ failedPolls: Number.POSITIVE_INFINITY });
    const environment = eagerEnvironment();
    const start = environment.elapsed();
    await expect(run({}, environment)).rejects.toMatchObject({ status: 503 });
    expect(environment.elapsed() - start).toBeGreaterThan(500_000);
    expect(environment.elapsed() - start).toBeLessThan(700_000);
  });

  it.each([
    [false, 1],
    [{ attempts: 3 }, 3],
  ] as const)("are not repeated beyond the limit of `retry: %j`", async (retry, attempts) => {
    service.behave({ failedPolls: 5 });
    await expect(run({ retry })).rejects.toMatchObject({ operationId: "fetchProfileImportV2", status: 503, attempts });
    expect(service.polls()).toBe(attempts);
  });

  it("are repeated beyond the `attempts` of the client, which limit each request", async () => {
    service.behave({ failedPolls: 5 });
    await expect(run({}, eagerEnvironment(), { retry: { attempts: 2 } })).resolves.toMatchObject({
      status: "COMPLETED",
    });
    expect(service.polls()).toBeGreaterThan(5);
  });

  it("are repeated if the retry options of the job do not set attempts", async () => {
    service.behave({ failedPolls: 6 });
    await expect(run({ retry: { capMs: 1000 } })).resolves.toMatchObject({ status: "COMPLETED" });
    expect(service.polls()).toBe(7);
  });

  it("are not repeated if the client does not retry", async () => {
    service.behave({ failedPolls: 5 });
    await expect(run({}, eagerEnvironment(), { retry: false })).rejects.toMatchObject({ status: 503, attempts: 1 });
    expect(service.polls()).toBe(1);
  });

  it("wait for a long Retry-After", async () => {
    service.behave({ failedPolls: 1, retryAfter: 120 });
    const environment = eagerEnvironment();
    await expect(run({}, environment)).resolves.toMatchObject({ status: "COMPLETED" });
    expect(environment.pauses).toEqual([120_000]);
  });

  it("do not wait for a Retry-After longer than `maxRetryAfterMs`", async () => {
    service.behave({ failedPolls: 1, retryAfter: 30 });
    const job = run({ retry: { maxRetryAfterMs: 5000 } });
    await expect(job).rejects.toMatchObject({ status: 503, retryAfterMs: 30_000 });
    expect(service.polls()).toBe(1);
  });

  it.each([
    [600, {}],
    [5, { retry: { maxRetryAfterMs: 5000 } }],
  ])("wait for a Retry-After of %d seconds, the longest that is accepted with %j", async (retryAfter, options) => {
    service.behave({ failedPolls: 1, retryAfter });
    const environment = eagerEnvironment();
    await expect(run(options, environment)).resolves.toMatchObject({ status: "COMPLETED" });
    expect(environment.pauses).toEqual([retryAfter * 1000]);
  });

  it("do not wait for a Retry-After that ends more than ten minutes after the first failure", async () => {
    service.behave({ failedPolls: Number.POSITIVE_INFINITY, retryAfter: 400 });
    const environment = eagerEnvironment();
    await expect(run({}, environment)).rejects.toMatchObject({ status: 503, retryAfterMs: 400_000 });
    expect(environment.pauses).toEqual([400_000]);
  });

  it("do not wait for a Retry-After longer than ten minutes", async () => {
    service.behave({ failedPolls: 1, retryAfter: 601 });
    await expect(run()).rejects.toMatchObject({ status: 503, retryAfterMs: 601_000 });
    expect(service.polls()).toBe(1);
  });
});

describe("while the service is unavailable, an upload", () => {
  it("is repeated after attempts that timed out", async () => {
    service.behave({ uploads: Array(4).fill("hold") });
    stopTimers();
    const job = service.run(new Blob([contacts]), {}, service.connect(eagerEnvironment(), { timeout: 60_000 }));
    for (const attempts of [1, 2, 3, 4]) {
      await expect.poll(() => service.uploads.length).toBe(attempts);
      expect(await endAfter(61_000, job)).toBe("pending");
    }
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
    expect(service.uploads).toHaveLength(5);
  });

  it("is repeated for minutes", async () => {
    service.behave({ uploads: failures(40) });
    await expect(service.run(new Blob([contacts]))).resolves.toMatchObject({ status: "COMPLETED" });
    expect(service.uploads).toHaveLength(41);
  });

  it("is repeated for minutes after its first failure, even if it took longer than that to fail", async () => {
    service.behave({ uploads: failures(40) });
    const environment = eagerEnvironment();
    let opened = 0;
    const source = async () => {
      if (++opened === 2) await environment.sleep(660_000);
      return new Blob([contacts]);
    };
    const job = service.run(source, {}, service.connect(environment));
    await expect(job).resolves.toMatchObject({ status: "COMPLETED" });
    expect(service.uploads).toHaveLength(41);
  });

  it("is not repeated if the source is a stream", async () => {
    service.behave({ uploads: failures(1) });
    const size = 1000;
    await expect(service.run({ stream: csvStream(size), size })).rejects.toMatchObject({ status: 503 });
    expect(service.uploads).toHaveLength(1);
  });

  it("can be aborted in a pause", async () => {
    service.behave({ uploads: failures(40) });
    const reason = new Error("The user left.");
    const controller = new AbortController();
    const environment = eagerEnvironment();
    const waiting = {
      ...environment,
      async sleep(ms: number, signal?: AbortSignal) {
        if (service.uploads.length === 10) controller.abort(reason);
        await environment.sleep(ms, signal);
      },
    };
    const job = service.run(new Blob([contacts]), { signal: controller.signal }, service.connect(waiting));
    await expect(job).rejects.toBe(reason);
    expect(service.uploads).toHaveLength(10);
  });
});
