import { createMemoryClient, type MemoryClient } from "@memory-api/client";
import { createSandbox, type Sandbox } from "@memory-api/server";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { errorOf } from "./error-of.ts";

const nobody = "mem_profile_00000000000000000000000000";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await createSandbox();
});
afterAll(() => sandbox.close());

const storeOf = (memory: MemoryClient) => memory.store(sandbox.storeId);

const served = () => storeOf(createMemoryClient(sandbox.clientOptions));
const down = () => new Promise<never>((_, reject) => setImmediate(reject, new Error("down")));
const unserved = () => storeOf(createMemoryClient({ ...sandbox.clientOptions, fetch: down, retry: false }));
const slow = () =>
  storeOf(
    createMemoryClient({ ...sandbox.clientOptions, fetch: () => new Promise(() => {}), timeout: 1, retry: false }),
  );

describe("the stack of an error", () => {
  it.each<[string, string, () => PromiseLike<unknown>]>([
    ["MemoryApiError", "create", async () => await served().profiles.create({ traits: { None: {} } })],
    ["MemoryApiError", "fetch", async () => await served().profiles.fetch(nobody)],
    ["MemoryApiError", "patch", async () => await served().profiles.patch(nobody, { traits: { None: {} } })],
    ["MemoryApiError", "delete", async () => await served().profiles.delete(nobody)],
    ["MemoryApiError", "list", async () => await served().profiles.list({ pageSize: 0 }).toArray({ limit: 1 })],
    ["ConnectionError", "create", async () => await unserved().profiles.create({ traits: {} })],
    ["ConnectionError", "fetch", async () => await unserved().profiles.fetch(nobody)],
    ["ConnectionError", "list", async () => await unserved().profiles.list().toArray({ limit: 1 })],
    ["TimeLimitError", "fetch", async () => await slow().profiles.fetch(nobody)],
    ["TimeLimitError", "list", async () => await slow().profiles.list().toArray({ limit: 1 })],
  ])("%s tells who called %s, in the ten lines that it has", async (name, _, call) => {
    const { stackTraceLimit } = Error;
    onTestFinished(() => {
      Error.stackTraceLimit = stackTraceLimit;
    });
    Error.stackTraceLimit = 10;
    const whoCalled = async () => void (await call());
    const { stack } = Object(await errorOf(whoCalled()));
    expect(stack).toMatch(new RegExp(`^${name}: `));
    expect(stack).toContain("stacks.test.ts");
  });
});
