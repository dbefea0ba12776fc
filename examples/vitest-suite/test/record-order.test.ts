import { createMemoryClient, isMemoryApiError } from "@memory-api/client";
import { createSandbox } from "@memory-api/server";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { recordOrder } from "../src/record-order.ts";

// The sandbox is the whole API, in this process. No request leaves it.
const sandbox = await createSandbox();
const store = createMemoryClient({ ...sandbox.clientOptions, retry: { baseMs: 0 } }).store(sandbox.storeId);
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const order = { email: "ada.reyes@example.com", firstName: "Ada", city: "Oakland" };

describe("recordOrder", () => {
  it("creates a profile for a new customer", async () => {
    const id = await recordOrder(store, order);
    expect(await store.profiles.fetch(id)).toMatchObject({ traits: { Contact: order } });
  });

  it("finds the customer of an earlier order, and keeps what the new order does not contain", async () => {
    const id = await recordOrder(store, order);
    const again = await recordOrder(store, { email: "Ada.Reyes@Example.com", firstName: "Ada Maria" });
    expect(again).toBe(id);
    expect((await store.profiles.fetch(id)).traits.Contact).toMatchObject({ firstName: "Ada Maria", city: "Oakland" });
  });

  it("succeeds although the service is briefly unavailable", async () => {
    sandbox.faults.setPlan([{ times: 2, fault: { kind: "status", status: 503 } }]);
    await recordOrder(store, order);
    expect(sandbox.faults.fired()).toHaveLength(2);
  });

  it("rejects an order without an email address", async () => {
    const recording = recordOrder(store, { ...order, email: "" });
    await expect(recording).rejects.toSatisfy((error) => isMemoryApiError(error, "createProfile", 400));
  });
});
