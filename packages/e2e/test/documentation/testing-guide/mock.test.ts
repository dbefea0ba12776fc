import { createMemoryClient, isMemoryApiError } from "@memory-api/client";
import { type Answer, startMock } from "@memory-api/mock";
import { afterAll, expect, it } from "vitest";
import { signUp } from "./sign-up.ts";

const mock = await startMock();
afterAll(() => mock.stop());

/** A store whose requests all receive the same response. */
function storeThatReturns(response: Answer) {
  const credentials = { apiKey: "any", apiSecret: "any" };
  const memory = createMemoryClient({ credentials, fetch: mock.fetch(response), retry: false });
  return memory.store("mem_store_00000000000000000000000000");
}

it("returns undefined if the API rejects the address", async () => {
  expect(await signUp(storeThatReturns({ status: 400 }), "ada.reyes@example.com", "Ada")).toBeUndefined();
});

it("rethrows all other errors", async () => {
  const customer = signUp(storeThatReturns({ status: 403 }), "ada.reyes@example.com", "Ada");
  await expect(customer).rejects.toSatisfy((error) => isMemoryApiError(error, "createProfile", 403));
});

it("lists no profiles in an empty store", async () => {
  const { profiles } = storeThatReturns({ status: 200, example: "emptyStore" });
  expect(await profiles.list().toArray({ limit: 10 })).toEqual([]);
});
