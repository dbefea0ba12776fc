import { createFetchClient } from "@memory-api/client/openapi-fetch";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { handler } from "./typed-handler.ts";

const network = setupServer(
  handler("get", "/v1/Stores/{storeId}/Profiles/{profileId}", ({ path }) => ({
    status: 200,
    body: { id: path.profileId, createdAt: "2026-03-02T09:15:27Z", traits: { Contact: { firstName: "Ada" } } },
  })),
  // @ts-expect-error a 200 has no such body
  handler("get", "/v1/Stores/{storeId}/Profiles", () => ({ status: 200, body: { ids: [] } })),
);
beforeAll(() => network.listen({ onUnhandledFrame: "error" }));
afterAll(() => network.close());

it("gets a profile from a handler", async () => {
  const client = createFetchClient({ credentials: { apiKey: "any", apiSecret: "any" } });
  const profileId = "mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv";
  const { data } = await client.GET("/v1/Stores/{storeId}/Profiles/{profileId}", {
    params: { path: { storeId: "mem_store_00000000000000000000000000", profileId } },
  });
  expect(data).toMatchObject({ id: profileId, traits: { Contact: { firstName: "Ada" } } });
});
