import assert from "node:assert/strict";
import { after, afterEach, before, describe, it } from "node:test";
import { createMemoryClient } from "@memory-api/client";
import { setupUsage } from "@memory-api/conformance/consumer";
import { type Mock, startMock } from "@memory-api/mock";
import { createSandbox, type Sandbox } from "@memory-api/server";
import { findProfile } from "./find-profile.js";
import { syncContacts } from "./sync-contacts.js";

// Every request and response of these tests is checked against the contract, and the manifest after the last test.
const manifest = new URL("../memory-usage.json", import.meta.url);
const usage = setupUsage({ manifest, afterEach, afterAll: after });

const storeId = "mem_store_00000000000000000000000000";

describe("with the mock, which returns any response of the contract", () => {
  const credentials = { apiKey: "any", apiSecret: "any" };
  const path = { storeId, profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p" } as const;
  let mock: Mock;
  before(async () => {
    mock = await startMock();
  });
  after(() => mock.stop());

  it("calls every operation", async () => {
    const memory = createMemoryClient({ credentials, fetch: usage.wrap(mock.fetch()) });
    await syncContacts(memory, { storeId, log: () => {} });
  });

  it("follows the redirect of a merged profile", async () => {
    const fetch = usage.wrap(mock.fetch(({ url }) => ({ status: url.includes(path.profileId) ? 301 : 200 })));
    const profile = await findProfile(createMemoryClient({ credentials, fetch }), path);
    assert.notEqual(profile?.id, path.profileId);
  });

  it("finds no profile that does not exist", async () => {
    const fetch = usage.wrap(mock.fetch({ status: 404 }));
    assert.equal(await findProfile(createMemoryClient({ credentials, fetch }), path), undefined);
  });
});

describe("with the sandbox, which keeps state", () => {
  let sandbox: Sandbox;
  before(async () => {
    sandbox = await createSandbox();
  });
  after(() => sandbox.close());

  it("deletes the profile of the new customer, and keeps the others", async () => {
    const memory = createMemoryClient({ ...sandbox.clientOptions, fetch: usage.wrap(sandbox.fetch) });
    const log: string[] = [];
    await syncContacts(memory, { storeId: sandbox.storeId, log: (line) => log.push(line) });
    const profiles = await memory.store(sandbox.storeId).profiles.list().toArray({ limit: 10 });
    assert.equal(
      profiles.some((id) => log[0]?.includes(id)),
      false,
    );
    assert.ok(profiles.length >= 2);
  });
});
