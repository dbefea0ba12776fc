import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { connectionWith } from "../../src/connection/connection.ts";
import type { Environment } from "../../src/connection/environment.ts";
import { createProfiles } from "../../src/profiles/profiles.ts";
import { fakeEnvironment } from "../resilience/fake-environment.ts";
import { sandboxStore } from "./sandbox-store.ts";

const storeId = "mem_store_00000000000000000000000000";
const email = "ada.reyes@example.com";
const absent = "mem_profile_00000000000000000000000009";

let store: Awaited<ReturnType<typeof sandboxStore>>;
let machine: ReturnType<typeof fakeEnvironment>;
/** Steps that run in the sandbox during the pauses, one per pause. */
let duringPauses: (() => unknown)[];

const environment: Environment = {
  now: () => machine.now(),
  elapsed: () => machine.elapsed(),
  random: () => machine.random(),
  async sleep(ms, signal) {
    await duringPauses.shift()?.();
    await machine.sleep(ms, signal);
  },
};
const profiles = () => createProfiles<{ Contact: { email: string; city?: string } }>(store.connection, storeId);
const nothing = () => {};
const showNext = () => store.sandbox.consistency.step(1);

beforeAll(async () => {
  store = await sandboxStore(environment);
});
afterAll(() => store.sandbox.close());
beforeEach(async () => {
  machine = fakeEnvironment();
  duringPauses = [];
  await store.sandbox.reset();
  await store.sandbox.consistency.set({ mode: "manual" });
});

describe("waiting for a profile", () => {
  it("ends when the accepted write is visible", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    duringPauses = [nothing, nothing, showNext];
    expect(await profiles().waitFor(id)).toMatchObject({ id, traits: { Contact: { email } } });
    expect(machine.pauses).toHaveLength(3);
  });

  it("rejects with a TimeLimitError if a timer fires after the deadline", async () => {
    duringPauses = [nothing, () => machine.sleep(60_000)];
    await expect(profiles().waitFor(absent, { deadline: 30_000 })).rejects.toMatchObject({
      name: "TimeLimitError",
      limit: "deadline",
      attempts: 2,
    });
  });

  it("makes no attempt at the deadline", async () => {
    await expect(profiles().waitFor(absent, { deadline: 75 })).rejects.toMatchObject({ ms: 75, attempts: 1 });
    expect(machine.pauses).toEqual([]);
    duringPauses = [() => machine.sleep(30_000 - 75)];
    await expect(profiles().waitFor(absent)).rejects.toMatchObject({ ms: 30_000, attempts: 1 });
  });

  it("rejects with the error of an attempt that timed out", async () => {
    store.sandbox.faults.setPlan([{ fault: { kind: "latency", ms: 60_000 } }]);
    const retry = false;
    const late = createProfiles(connectionWith(environment, { ...store.sandbox.clientOptions, retry }), storeId);
    await expect(late.waitFor(absent, { timeout: 100 })).rejects.toMatchObject({ limit: "attempt", ms: 100 });
  });

  it.each([Number.NaN, -1])("rejects a deadline of %d before anything is sent", async (deadline) => {
    await expect(profiles().waitFor(absent, { deadline })).rejects.toMatchObject({
      name: "InvalidParameterError",
      parameter: "deadline",
    });
  });

  it("ends immediately if the profile is already visible", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await showNext();
    await profiles().waitFor(id);
    expect(machine.pauses).toEqual([]);
  });

  it("continues until the predicate holds", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await profiles().patch(id, { traits: { Contact: { city: "Lima" } } });
    await profiles().patch(id, { traits: { Contact: { city: "Oakland" } } });
    duringPauses = [showNext, showNext, showNext];
    const found = await profiles().waitFor(id, { until: ({ traits }) => traits.Contact?.city === "Oakland" });
    expect(found.traits).toEqual({ Contact: { email, city: "Oakland" } });
    expect(machine.pauses).toHaveLength(3);
  });

  it("follows a redirect of a merged profile", async () => {
    const first = await profiles().create({ traits: { Contact: { email } } });
    const second = await profiles().create({ traits: { Contact: { email: "a@example.com" } } });
    await profiles().patch(second.id, { traits: { Contact: { email } } });
    duringPauses = [showNext, showNext, showNext];
    const merged = await profiles().waitFor(second.id, { until: ({ movedFrom }) => movedFrom !== undefined });
    expect(merged).toMatchObject({ id: first.id, movedFrom: second.id });
  });

  it("continues until a schema accepts the traits", async () => {
    const schemas = { Contact: z.object({ email: z.string(), city: z.string() }) };
    const strict = createProfiles(store.connection, storeId, schemas);
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await profiles().patch(id, { traits: { Contact: { city: "Lima" } } });
    duringPauses = [showNext, showNext];
    expect((await strict.waitFor(id)).traits).toEqual({ Contact: { email, city: "Lima" } });
    expect(machine.pauses).toHaveLength(2);

    const refused = { Contact: z.object({ email: z.string(), street: z.string() }) };
    await expect(createProfiles(store.connection, storeId, refused).waitFor(id)).rejects.toMatchObject({
      name: "InvalidTraitsError",
      paths: ["street"],
    });
  });

  it("doubles its pauses up to two seconds, half of it random", async () => {
    await expect(profiles().waitFor(absent)).rejects.toThrow();
    const [most, ...others] = [100, 200, 400, 800, 1600, 2000, 2000].map((ms) => ms * 0.75);
    expect(machine.pauses.slice(0, 7)).toEqual([most, ...others]);
  });

  it("rejects with a TimeLimitError after 30 seconds", async () => {
    const start = machine.now();
    await expect(profiles().waitFor(absent)).rejects.toMatchObject({
      name: "TimeLimitError",
      operationId: "fetchProfile",
      limit: "deadline",
      ms: 30_000,
    });
    const waited = machine.now() - start;
    expect(waited).toBeLessThan(30_000);
    expect(waited).toBeGreaterThan(28_000);
  });

  it("rejects with a TimeLimitError at the deadline although no response arrived", async () => {
    duringPauses = [() => store.sandbox.faults.setPlan([{ fault: { kind: "latency", ms: 60_000 } }])];
    await expect(profiles().waitFor(absent, { deadline: 100 })).rejects.toMatchObject({
      name: "TimeLimitError",
      limit: "deadline",
      ms: 100,
      attempts: 2,
    });
  });

  it("rejects with the reason of its signal, even during a pause", async () => {
    const controller = new AbortController();
    duringPauses = [nothing, () => controller.abort(new Error("enough"))];
    await expect(profiles().waitFor(absent, { signal: controller.signal })).rejects.toThrow("enough");
    expect(store.operationIds()).toHaveLength(2);
  });

  it.each([
    ["a store that does not exist", "mem_store_00000000000000000000000001", 404],
    ["an invalid ID", "mem_store_x", undefined],
  ] as const)("does not retry for %s", async (_, wrong, status) => {
    const refused = createProfiles(store.connection, wrong).waitFor(absent);
    await expect(refused).rejects.toMatchObject(status ? { status } : { parameter: "storeId" });
    expect(machine.pauses).toEqual([]);
  });

  it("rejects with the error of until", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await showNext();
    const until = () => {
      throw new Error("no");
    };
    await expect(profiles().waitFor(id, { until })).rejects.toThrow("no");
  });

  it("continues while the service is unavailable", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await showNext();
    store.sandbox.faults.setPlan([
      { times: 1, fault: { kind: "status", status: 503 } },
      { times: 1, fault: { kind: "status", status: 429, retryAfter: 2 } },
      { times: 1, fault: { kind: "reset" } },
      { times: 1, fault: { kind: "truncate" } },
    ]);
    expect(await profiles().waitFor(id)).toMatchObject({ id });
  });
});
