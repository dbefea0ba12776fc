import { createMemoryClient, type FetchResponse } from "@memory-api/client";
import { describe, expect, it } from "vitest";

const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;
const canonicalProfileId = "mem_profile_00000000000000000000000000";

/** A browser: it hides a redirect that is not to be followed, follows that of a read, and refuses a read with a body. */
function browser(followed: { status: number; body: string }) {
  const asked: string[] = [];
  const { operations } = createMemoryClient({
    credentials: { apiKey: "key", apiSecret: "secret" },
    retry: false,
    fetch: async (url, init): Promise<FetchResponse> => {
      const { method, redirect } = new Request(url, init);
      asked.push(`${method} ${redirect}`);
      if (redirect === "follow") return new Response(followed.body, { status: followed.status });
      return { status: 0, ok: false, type: "opaqueredirect", headers: new Headers(), text: async () => "" };
    },
  });
  return { operations, asked };
}

describe("a redirect that a browser hides", () => {
  it("leads to the profile that a read of it finds, not to an ID among its traits", async () => {
    const traits = { Other: { id: "mem_profile_01kkbk0tfteqn89st3b7v4f5y8" } };
    const body = JSON.stringify({ createdAt: "2026-01-01T00:00:00Z", traits, id: canonicalProfileId });
    const { operations, asked } = browser({ status: 200, body });
    await expect(operations.deleteProfile({ path })).rejects.toMatchObject({
      name: "ProfileMovedError",
      status: 308,
      canonicalProfileId,
    });
    expect(asked).toEqual(["DELETE manual", "GET follow"]);
  });

  it("leads there from a patch, too, whose body the read does not have", async () => {
    const body = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { operations, asked } = browser({ status: 200, body });
    const patched = operations.patchProfileTraits({ path, body: { traits: { Contact: { city: "Oakland" } } } });
    await expect(patched).rejects.toMatchObject({ name: "ProfileMovedError", status: 308, canonicalProfileId });
    expect(asked).toEqual(["PATCH manual", "GET follow"]);
  });

  it("is told as the contract has it, though the browser keeps its body to itself", async () => {
    const body = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { operations } = browser({ status: 200, body });
    const outcome = await operations.fetchProfile({ path }).safe();
    if (outcome.status !== 301) throw new Error(`It ended with ${outcome.status}.`);
    expect(outcome.error.body).toEqual({
      message: `The profile is ${canonicalProfileId} now`,
      uri: `https://memory.twilio.com/v1/Stores/${path.storeId}/Profiles/${canonicalProfileId}`,
    });
  });

  it.each([
    ["is refused", { status: 404, body: JSON.stringify({ id: canonicalProfileId }) }],
    ["is no JSON", { status: 200, body: "<h1>Welcome</h1>" }],
    ["has no ID", { status: 200, body: "{}" }],
  ])("is an error where that read %s", async (_, followed) => {
    const { operations } = browser(followed);
    await expect(operations.fetchProfile({ path })).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining("a hidden redirect that leads to no profile"),
      attempts: 1,
    });
  });
});
