import { createMemoryClient } from "@memory-api/client";
import { setupUsage } from "@memory-api/conformance/consumer";
import { createSandbox } from "@memory-api/server";
import { afterAll, afterEach, expect, it } from "vitest";
import { signUp } from "./sign-up.ts";

const manifest = new URL("memory-usage.json", import.meta.url);
const usage = setupUsage({ manifest, afterEach, afterAll });
const sandbox = await createSandbox();
afterAll(() => sandbox.close());

it("signs up a customer", async () => {
  const memory = createMemoryClient({ ...sandbox.clientOptions, fetch: usage.wrap(sandbox.fetch) });
  const ada = await signUp(memory.store(sandbox.storeId), "ada.reyes@example.com", "Ada");
  expect(ada?.traits.Contact?.firstName).toBe("Ada");
});
