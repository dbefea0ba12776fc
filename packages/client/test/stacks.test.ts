import { createMemoryClient, type MemoryClient } from "@memory-api/client";
import { createSandbox, type Sandbox } from "@memory-api/server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { errorOf } from "./error-of.ts";

const absent = "mem_profile_00000000000000000000000000";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const storeOf = (memory: MemoryClient) => memory.store(sandbox.storeId);

const store = () => storeOf(createMemoryClient(sandbox.clientOptions));
const failingFetch = () => new Promise<never>((_, reject) => setImmediate(reject, new Error("down")));
const unreachable = () => storeOf(createMemoryClient({ ...sandbox.clientOptions, fetch: failingFetch, retry: false }));
const hanging = () =>
  storeOf(
    createMemoryClient({ ...sandbox.clientOptions, fetch: () => new Promise(() => {}), timeout: 1, retry: false }),
  );

describe("the stack of an error", () => {
  it.each<[string, string, () => PromiseLike<unknown>]>([
    ["MemoryApiError", "create", async () => await store().profiles.create({ traits: { None: {} } })],
    ["MemoryApiError", "fetch", async () => await store().profiles.fetch(absent)],
    ["MemoryApiError", "patch", async () => await store().profiles.patch(absent, { traits: { None: {} } })],
    ["MemoryApiError", "delete", async () => await store().profiles.delete(absent)],
    ["MemoryApiError", "list", async () => await store().profiles.list({ pageSize: 0 }).toArray({ limit: 1 })],
    ["ConnectionError", "create", async () => await unreachable().profiles.create({ traits: {} })],
    ["ConnectionError", "fetch", async () => await unreachable().profiles.fetch(absent)],
    ["ConnectionError", "list", async () => await unreachable().profiles.list().toArray({ limit: 1 })],
    ["TimeLimitError", "fetch", async () => await hanging().profiles.fetch(absent)],
    ["TimeLimitError", "list", async () => await hanging().profiles.list().toArray({ limit: 1 })],
  ])("%s names the caller of %s within ten lines", async (name, _, call) => {
    const { stackTraceLimit } = Error;
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit;
    });
    Error.stackTraceLimit = 10;
    const caller = async () => void (await call());
    const { stack } = Object(await errorOf(caller()));
    expect(stack).toMatch(new RegExp(`^${name}: `));
    expect(stack).toContain("stacks.test.ts");
  });
});
