import { describe, expect, it } from "vitest";
import type { OperationClass, RateLimit } from "../../src/configuration/settings.ts";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { acceptedRequest, importsOf, profileOf, profilesOf, unknownImportId } from "../support/requests.ts";
import { foreignStoreId, logins, storeId } from "../support/settings-for-tests.ts";

const list = { method: "GET", target: profilesOf(storeId) };
const limited = (seconds: number) => ({ status: 429, headers: { "retry-after": String(seconds) } });
const once = (seconds: number): RateLimit => ({ perSecond: 1 / seconds, burst: 1 });

describe("too many requests", () => {
  it("return the seconds until the next one is allowed", async () => {
    const api = await startApi({ rateLimits: { read: { perSecond: 0.1, burst: 2 } } });
    expect(await api.send(list)).toMatchObject({ status: 200 });
    api.time += 4000;
    expect(await api.send(list)).toMatchObject({ status: 200 });
    expect(await api.send(list)).toMatchObject(limited(6));
    api.time += 1;
    expect(await api.send(list)).toMatchObject(limited(6));
    api.time += 5998;
    expect(await api.send(list)).toMatchObject(limited(1));
    api.time += 1;
    expect(await api.send(list)).toMatchObject({ status: 200 });
    expect(await api.send(list)).toMatchObject(limited(10));
  });

  it("are never allowed beyond the burst, even after a long pause", async () => {
    const api = await startApi({ rateLimits: { read: { perSecond: 1, burst: 3 } } });
    api.time += 3_600_000;
    for (let sent = 0; sent < 3; sent++) expect(await api.send(list)).toMatchObject({ status: 200 });
    expect(await api.send(list)).toMatchObject(limited(1));
  });

  it("are counted by account, not by credentials", async () => {
    const api = await startApi({ rateLimits: { read: once(7) } });
    expect(await api.send({ ...list, as: logins.owner })).toMatchObject({ status: 200 });
    expect(await api.send({ ...list, as: logins.ownerAccount })).toMatchObject(limited(7));
    expect(await api.send({ ...list, target: profilesOf(foreignStoreId), as: logins.stranger })).toMatchObject({
      status: 200,
    });
  });

  it.each<[OperationClass, (keyof typeof acceptedRequest)[]]>([
    ["read", ["listProfiles", "fetchProfile", "listProfileImportsV2", "fetchProfileImportV2"]],
    ["write", ["createProfile", "patchProfileTraits", "deleteProfile"]],
    ["bulk", ["updateProfilesBulk"]],
    ["import", ["createProfilesImportV2"]],
  ])("are counted by class: %s", async (name, operations) => {
    for (const id of operations) {
      const free = await startApi();
      const request = await acceptedRequest[id](free);
      const api = await startApi({ rateLimits: { [name]: once(7) } });
      await exhaust(api, name);
      expect(await api.send(request), id).toMatchObject(limited(7));
    }
    const others = await startApi({ rateLimits: { [name]: once(7) } });
    await exhaust(others, name);
    for (const other of classes) if (other !== name) await exhaust(others, other);
  });

  it("are counted by address before the credentials are checked", async () => {
    const api = await startApi({ rateLimits: { address: once(11), read: once(7) } });
    expect(await api.send(list)).toMatchObject({ status: 200 });
    expect(await api.send(list)).toMatchObject(limited(11));
    expect(await api.send({ ...list, as: "nobody" })).toMatchObject(limited(11));
    expect(await api.send({ method: "GET", target: "/nowhere", as: "nobody" })).toMatchObject(limited(11));
    expect(await api.send({ method: "PUT", target: `/uploads/${unknownImportId}`, as: "nobody" })).toMatchObject(
      limited(11),
    );
    expect(await api.send({ method: "GET", target: `/uploads/${unknownImportId}`, as: "nobody" })).toMatchObject(
      limited(11),
    );
  });

  it("do not use the allowance of an account if the credentials are wrong", async () => {
    const api = await startApi({ rateLimits: { read: once(7) } });
    for (let sent = 0; sent < 3; sent++) {
      expect(await api.send({ ...list, as: [logins.owner[0], "wrong"] })).toMatchObject({ status: 401 });
    }
    expect(await api.send(list)).toMatchObject({ status: 200 });
  });
});

const first = {
  read: list,
  write: { method: "POST", target: profilesOf(storeId), body: { traits: { Contact: { email: "a@example.com" } } } },
  bulk: {
    method: "PUT",
    target: profileOf("Bulk"),
    body: { profiles: [{ traits: { Contact: { email: "b@example.com" } } }] },
  },
  import: { method: "POST", target: importsOf(storeId), body: {} },
};
const classes = ["read", "write", "bulk", "import"] as const;

/** Uses the only request that is allowed. */
async function exhaust(api: ApiServer, name: OperationClass): Promise<void> {
  expect((await api.send(first[name])).status).not.toBe(429);
}
