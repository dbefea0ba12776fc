import { createMemoryClient, isMemoryApiError } from "@memory-api/client";
import { startMock } from "@memory-api/mock";
import { afterAll, expect, it } from "vitest";
import { signUp } from "./sign-up.ts";

const mock = await startMock();
afterAll(() => mock.stop());

/** A store whose every answer is the one that is chosen. */
function storeThatAnswers(answer: Parameters<typeof mock.fetch>[0]) {
  const credentials = { apiKey: "any", apiSecret: "any" };
  const memory = createMemoryClient({ credentials, fetch: mock.fetch(answer), retry: false });
  return memory.store("mem_store_00000000000000000000000000");
}

it("signs nobody up whose address is refused", async () => {
  expect(await signUp(storeThatAnswers({ status: 400 }), "ada.reyes@example.com", "Ada")).toBeUndefined();
});

it("lets an error through that is not ours to handle", async () => {
  const failed = await signUp(storeThatAnswers({ status: 403 }), "ada.reyes@example.com", "Ada").catch(Object);
  expect(isMemoryApiError(failed, "createProfile", 403)).toBe(true);
});

it("lists nobody in an empty store", async () => {
  const { profiles } = storeThatAnswers({ status: 200, example: "emptyStore" });
  expect(await profiles.list().toArray({ limit: 10 })).toEqual([]);
});
