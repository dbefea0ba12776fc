import { createMemoryClient, type FetchResponse } from "@memory-api/client";
import { describe, expect, it } from "vitest";

const path = {
  storeId: "mem_store_00000000000000000000000000",
  profileId: "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv",
} as const;
const canonicalProfileId = "mem_profile_00000000000000000000000000";

/** A client in a browser, which hides a redirect unless it follows it, and rejects a GET with a body. */
function clientInBrowser(followed: { status: number; body: string }) {
  const sent: string[] = [];
  const { operations } = createMemoryClient({
    credentials: { apiKey: "key", apiSecret: "secret" },
    retry: false,
    fetch: async (url, init): Promise<FetchResponse> => {
      const { method, redirect } = new Request(url, init);
      sent.push(`${method} ${redirect}`);
      if (redirect === "follow") return new Response(followed.body, { status: followed.status });
      return { status: 0, ok: false, type: "opaqueredirect", headers: new Headers(), text: async () => "" };
    },
  });
  return { operations, sent };
}

describe("a redirect that a browser hides", () => {
  it("rejects with the ID of the profile that a GET returns, not with an ID among its traits", async () => {
    const traits = { Other: { id: "mem_profile_01kkbk0tfteqn89st3b7v4f5y8" } };
    const body = JSON.stringify({ createdAt: "2026-01-01T00:00:00Z", traits, id: canonicalProfileId });
    const { operations, sent } = clientInBrowser({ status: 200, body });
    await expect(operations.deleteProfile({ path })).rejects.toMatchObject({
      name: "ProfileMovedError",
      status: 308,
      canonicalProfileId,
    });
    expect(sent).toEqual(["DELETE manual", "GET follow"]);
  });

  it("rejects a patch in the same way, and sends the GET without its body", async () => {
    const body = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { operations, sent } = clientInBrowser({ status: 200, body });
    const patched = operations.patchProfileTraits({ path, body: { traits: { Contact: { city: "Oakland" } } } });
    await expect(patched).rejects.toMatchObject({ name: "ProfileMovedError", status: 308, canonicalProfileId });
    expect(sent).toEqual(["PATCH manual", "GET follow"]);
  });

  it("has the body of the contract, although the browser hides it", async () => {
    const body = JSON.stringify({ id: canonicalProfileId, createdAt: "2026-01-01T00:00:00Z", traits: {} });
    const { operations } = clientInBrowser({ status: 200, body });
    const outcome = await operations.fetchProfile({ path }).safe();
    if (outcome.status !== 301) throw new Error(`The outcome has the status ${outcome.status}.`);
    expect(outcome.error.body).toEqual({
      message: `The profile is ${canonicalProfileId} now`,
      uri: `https://memory.twilio.com/v1/Stores/${path.storeId}/Profiles/${canonicalProfileId}`,
    });
  });

  it.each([
    ["is rejected", { status: 404, body: JSON.stringify({ id: canonicalProfileId }) }],
    ["is not valid JSON", { status: 200, body: "<h1>Welcome</h1>" }],
    ["has no ID", { status: 200, body: "{}" }],
  ])("is a ConnectionError if that GET %s", async (_, followed) => {
    const { operations } = clientInBrowser(followed);
    await expect(operations.fetchProfile({ path })).rejects.toMatchObject({
      name: "ConnectionError",
      message: expect.stringContaining("a hidden redirect that leads to no profile"),
      attempts: 1,
    });
  });
});
