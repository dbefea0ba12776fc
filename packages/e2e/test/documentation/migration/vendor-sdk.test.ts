import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redirectedSdk, type VendorSdk } from "../../server/redirected-sdk.ts";
import { importId, profileId, seed, storeId } from "../../server/samples.ts";
import { controlSandbox, resetSandbox } from "../../support/sandbox-control.ts";
import { type ServerProcess, startServerProcess } from "../../support/server-process.ts";

const mergedId = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
const contacts = Array.from({ length: 60 }, (_, index) => ({ traits: { Contact: { email: `${index}@example.com` } } }));
const profiles = [...seed.profiles.map((profile) => ({ ...profile, mergedIds: [mergedId] })), ...contacts];

let sandbox: ServerProcess;
let memory: VendorSdk;
beforeAll(async () => {
  sandbox = await startServerProcess(["--sandbox"]);
  memory = redirectedSdk(sandbox.url, sandbox);
});
beforeEach(() => resetSandbox(sandbox.url, { ...seed, profiles }));
afterAll(() => sandbox.stop());

const failOnce = (status: number, retryAfter: number) =>
  controlSandbox(sandbox.url, "PUT", "faults", { plan: [{ times: 1, fault: { kind: "status", status, retryAfter } }] });
const requests = async () => (await controlSandbox(sandbox.url, "GET", "requests")).requests;

describe("the vendor's SDK, as the migration guide describes it,", () => {
  it("lists only the first page, regardless of the limit, and reads further pages only with `each`", async () => {
    expect(await memory.profiles(storeId).list()).toHaveLength(50);
    expect(await memory.profiles(storeId).list({ limit: 55 })).toHaveLength(50);
    const read: string[] = [];
    await new Promise<void>((done) => memory.profiles(storeId).each({ callback: (id) => read.push(String(id)), done }));
    expect(read).toHaveLength(61);
  });

  it("fetches a merged profile without ID and traits, and with the current time as createdAt", async () => {
    const before = Date.now();
    const { id, traits, createdAt } = await memory.profiles(storeId, mergedId).fetch();
    expect([id, traits]).toEqual([undefined, undefined]);
    expect(Number(createdAt)).toBeGreaterThanOrEqual(before);
  });

  it("resolves the removal of a merged profile, but deletes nothing", async () => {
    await memory.profiles(storeId, mergedId).remove();
    expect((await memory.profiles(storeId, profileId).fetch()).id).toBe(profileId);
  });

  it("rejects a patch of a merged profile without the canonical ID", async () => {
    const error = await memory.profiles(storeId, mergedId).patch({ traits: {} }).catch(Object);
    expect(error.status).toBe(308);
    expect(JSON.stringify([error, error.message])).not.toContain(profileId);
  });

  it.each([429, 503])("does not retry after a %i", async (status) => {
    await failOnce(status, 1);
    await expect(memory.profiles(storeId, profileId).fetch()).rejects.toMatchObject({ status });
    expect(await requests()).toHaveLength(1);
  });

  it("ignores the Retry-After of a 429 with autoRetry", async () => {
    await failOnce(429, 3600);
    const retrying = redirectedSdk(sandbox.url, sandbox, { autoRetry: true });
    expect((await retrying.profiles(storeId, profileId).fetch()).id).toBe(profileId);
  });

  it("inserts an ID into the path unchanged, which can lead to another path", async () => {
    await expect(memory.profiles(storeId, "..").fetch()).rejects.toMatchObject({ status: 404 });
    expect(await requests()).toMatchObject([{ path: `/v1/Stores/${storeId}/` }]);
  });

  it("returns times as dates", async () => {
    const { createdAt, updatedAt } = await memory.imports(storeId, importId).fetch();
    expect([createdAt, updatedAt]).toEqual([expect.any(Date), expect.any(Date)]);
  });
});
