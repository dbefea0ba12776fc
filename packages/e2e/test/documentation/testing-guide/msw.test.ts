import { createMemoryClient } from "@memory-api/client";
import { createSandbox } from "@memory-api/server";
import { http } from "msw";
import { setupServer } from "msw/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { signUp } from "./sign-up.ts";

const sandbox = await createSandbox({ url: "https://memory.twilio.com" });
const network = setupServer(
  http.all(`${sandbox.url}/*`, ({ request }) => sandbox.fetch(request, { redirect: "manual" })),
);
beforeAll(() => network.listen({ onUnhandledFrame: "error" }));
beforeEach(() => sandbox.reset());
afterAll(async () => {
  network.close();
  await sandbox.close();
});

it("signs up a customer with a client that calls the live URL", async () => {
  const { credentials } = sandbox.clientOptions;
  const store = createMemoryClient({ credentials }).store(sandbox.storeId);
  expect(await signUp(store, "ada.reyes@example.com", "Ada")).toHaveProperty("traits.Contact.firstName", "Ada");
});
