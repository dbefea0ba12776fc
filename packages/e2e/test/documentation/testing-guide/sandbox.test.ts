import { createMemoryClient } from "@memory-api/client";
import { createSandbox } from "@memory-api/server";
import { afterAll, beforeEach, expect, it } from "vitest";
import { signUp } from "./sign-up.ts";

const sandbox = await createSandbox();
const memory = createMemoryClient({
  ...sandbox.clientOptions, // baseUrl, credentials and fetch
  retry: { baseMs: 0 }, // no pauses between attempts
});
const store = memory.store(sandbox.storeId);
beforeEach(() => sandbox.reset());
afterAll(() => sandbox.close());

it("finds a customer who signs up again", async () => {
  const ada = await signUp(store, "ada.reyes@example.com", "Ada");
  const again = await signUp(store, "Ada.Reyes@example.com", "Ada Maria");
  expect(again).toMatchObject({ id: ada?.id, traits: { Contact: { firstName: "Ada Maria" } } });
});

it("returns undefined if the API rejects the address", async () => {
  expect(await signUp(store, "", "Ada")).toBeUndefined();
});

it("retries while the service is unavailable", async () => {
  sandbox.faults.setPlan([
    { times: 2, fault: { kind: "status", status: 503 } },
    { times: 1, fault: { kind: "reset" } },
  ]);
  await signUp(store, "ada.reyes@example.com", "Ada");
  expect(sandbox.faults.fired()).toHaveLength(3);
  expect(await store.profiles.list().toArray({ limit: 10 })).toHaveLength(1);
});

it("waits until the new profile is visible", async () => {
  await sandbox.consistency.set({ mode: "manual" });
  const ada = signUp(store, "ada.reyes@example.com", "Ada");
  await expect.poll(async () => (await sandbox.consistency.state()).pending).toBe(1);
  await sandbox.consistency.step();
  expect(await ada).toHaveProperty("id");
});

it("fetches a merged profile by its old ID", async () => {
  const old = "mem_profile_01kkbk0tftf5ztjt0pa3dr7vy9";
  const id = "mem_profile_01kkbk0tftehys1y7x5j5x83q4";
  const traits = { Contact: { email: "ada.reyes@example.com" } };
  await sandbox.seed({ profiles: [{ id, traits, mergedIds: [old] }] });
  expect(await store.profiles.fetch(old)).toMatchObject({ id, movedFrom: old });
});

it("reads the status of an import whose file was not uploaded in time", async () => {
  const columnMappings = [
    { columnName: "email", traitGroup: "Contact", traitName: "email" },
    { columnName: "name", traitGroup: "Contact", traitName: "firstName" },
  ];
  const { importId } = await store.imports.create({ filename: "contacts.csv", fileSize: 36, columnMappings });
  await sandbox.clock.advance(1_800_000); // the upload URL is valid for 30 minutes
  expect(await store.imports.fetch(importId)).toMatchObject({ status: "FAILED" });
});
