import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { redirectedSdk, type VendorSdk } from "../../server/redirected-sdk.ts";
import { resetSandbox } from "../../server/reset-sandbox.ts";
import { importId, profileId, seed, storeId } from "../../server/samples.ts";
import { type ServerProcess, startServerProcess } from "../../server/server-process.ts";
import { control } from "./control.ts";

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
  control(sandbox, "faults", { plan: [{ times: 1, fault: { kind: "status", status, retryAfter } }] });
const requests = async () => (await control(sandbox, "requests")).requests;

describe("what the guide says of the vendor's SDK is so:", () => {
  it("a list is its first page, whatever the limit, and only `each` goes on", async () => {
    expect(await memory.profiles(storeId).list()).toHaveLength(50);
    expect(await memory.profiles(storeId).list({ limit: 55 })).toHaveLength(50);
    const read: string[] = [];
    await new Promise<void>((done) => memory.profiles(storeId).each({ callback: (id) => read.push(String(id)), done }));
    expect(read).toHaveLength(61);
  });

  it("a merged profile is fetched as one without ID and traits, made now", async () => {
    const before = Date.now();
    const { id, traits, createdAt } = await memory.profiles(storeId, mergedId).fetch();
    expect([id, traits]).toEqual([undefined, undefined]);
    expect(Number(createdAt)).toBeGreaterThanOrEqual(before);
  });

  it("a merged profile is removed as if that were done, and nothing is", async () => {
    await memory.profiles(storeId, mergedId).remove();
    expect((await memory.profiles(storeId, profileId).fetch()).id).toBe(profileId);
  });

  it("a patch of a merged profile is refused without saying which it is now", async () => {
    const error = await memory.profiles(storeId, mergedId).patch({ traits: {} }).catch(Object);
    expect(error.status).toBe(308);
    expect(JSON.stringify([error, error.message])).not.toContain(profileId);
  });

  it.each([429, 503])("after a %i nothing is sent again", async (status) => {
    await failOnce(status, 1);
    await expect(memory.profiles(storeId, profileId).fetch()).rejects.toMatchObject({ status });
    expect(await requests()).toHaveLength(1);
  });

  it("with autoRetry it does not wait as long as a 429 asks for", async () => {
    await failOnce(429, 3600);
    const retrying = redirectedSdk(sandbox.url, sandbox, { autoRetry: true });
    expect((await retrying.profiles(storeId, profileId).fetch()).id).toBe(profileId);
  });

  it("an ID can lead to another path", async () => {
    await expect(memory.profiles(storeId, "..").fetch()).rejects.toMatchObject({ status: 404 });
    expect(await requests()).toMatchObject([{ path: `/v1/Stores/${storeId}/` }]);
  });

  it("times are dates", async () => {
    const { createdAt, updatedAt } = await memory.imports(storeId, importId).fetch();
    expect([createdAt, updatedAt]).toEqual([expect.any(Date), expect.any(Date)]);
  });
});
