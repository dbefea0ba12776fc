import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createMemoryClient } from "@memory-api/client";
import { type Mock, startMock } from "@memory-api/mock";
import { findProfile } from "./find-profile.js";

const credentials = { apiKey: "any", apiSecret: "any" };
const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kkhqytkhfm3ssd012pnn7m4p",
} as const;

describe("findProfile", () => {
  let mock: Mock;
  before(async () => {
    mock = await startMock();
  });
  after(() => mock.stop());

  it("returns undefined for a 404", async () => {
    const memory = createMemoryClient({ credentials, baseUrl: mock.url, fetch: mock.fetch({ status: 404 }) });
    assert.equal(await findProfile(memory, path), undefined);
  });

  it("follows the redirect of a merged profile", async () => {
    const urls: string[] = [];
    const fetch = mock.fetch(({ url }) => {
      urls.push(url);
      return { status: urls.length === 1 ? 301 : 200 };
    });
    const found = await findProfile(createMemoryClient({ credentials, baseUrl: mock.url, fetch }), path);
    assert.ok(found);
    assert.equal(urls.length, 2);
    assert.notEqual(urls[0], urls[1]);
  });
});
