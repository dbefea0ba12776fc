import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Environment } from "../../src/connection/environment.ts";
import { contacts } from "./csv-sources.ts";
import { eagerEnvironment } from "./eager-environment.ts";
import { importService } from "./import-service.ts";

let service: Awaited<ReturnType<typeof importService>>;
beforeAll(async () => {
  service = await importService();
});
beforeEach(() => service.behave());
afterAll(() => service.close());

const run = (environment: Environment = eagerEnvironment()) =>
  service.run(new Blob([contacts]), {}, service.connect(environment));

describe("a job polls", () => {
  it.each([
    [0, 10_000],
    [0.5, 7500],
  ])("after pauses that grow up to ten seconds, shortened at random: %d", async (random, longest) => {
    const statuses = [...Array.from({ length: 6 }, () => "PENDING"), ...Array.from({ length: 6 }, () => "PROCESSING")];
    service.behave({ statuses: [...statuses, "COMPLETED"] });
    const environment = eagerEnvironment(random);
    await run(environment);
    const { pauses } = environment;
    expect(pauses).toHaveLength(12);
    expect(pauses.slice(0, 3)).toEqual([250, 375, 562.5].map((ms) => ms * (1 - random / 2)));
    expect(pauses).toEqual([...pauses].sort((one, other) => one - other));
    expect(pauses.at(-1)).toBe(longest);
  });

  it("and emits only one event when the service starts to process the file", async () => {
    service.behave({ statuses: ["PENDING", "PROCESSING", "PROCESSING", "PROCESSING", "COMPLETED"] });
    let times = 0;
    for await (const { type } of run()) if (type === "processing") times++;
    expect(times).toBe(1);
  });

  it("and emits that event as soon as the service has started", async () => {
    service.behave({ statuses: ["PROCESSING", "FAILED"] });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of run()) types.push(type);
    })();
    await expect(reading).rejects.toMatchObject({ name: "ImportFailedError" });
    expect(types).toContain("processing");
  });

  it("on after an unknown status", async () => {
    service.behave({ statuses: ["QUEUED", "COMPLETED"] });
    await expect(run()).resolves.toMatchObject({ status: "COMPLETED" });
  });

  it("and does not treat an unknown status as the start of processing", async () => {
    service.behave({ statuses: ["QUEUED", "FAILED"] });
    const types: string[] = [];
    const reading = (async () => {
      for await (const { type } of run()) types.push(type);
    })();
    await expect(reading).rejects.toMatchObject({ name: "ImportFailedError" });
    expect(types).not.toContain("processing");
  });

  it.each([undefined, null, 3])("until a response has the status %j, which is an error", async (status) => {
    service.behave({ statuses: [status] });
    await expect(run()).rejects.toMatchObject({
      name: "MemoryApiError",
      operationId: "fetchProfileImportV2",
      status: 200,
    });
    expect(service.polls()).toBe(1);
  });
});
