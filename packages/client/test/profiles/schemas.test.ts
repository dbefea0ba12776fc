import { type } from "arktype";
import * as v from "valibot";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import type { CallOptions } from "../../src/connection/client-options.ts";
import { createProfiles } from "../../src/profiles/profiles.ts";
import type { StandardSchema } from "../../src/profiles/trait-schemas.ts";
import { endAfter, stopTimers } from "../resilience/stopped-timers.ts";
import { sandboxStore } from "./sandbox-store.ts";

const storeId = "mem_store_00000000000000000000000000";
const email = "ada.reyes@example.com";

let store: Awaited<ReturnType<typeof sandboxStore>>;
beforeAll(async () => {
  store = await sandboxStore();
});
afterAll(() => store.sandbox.close());
beforeEach(() => store.sandbox.reset());

const unchecked = () => createProfiles(store.connection, storeId);
const checked = <Group extends Record<string, string>>(schema: StandardSchema<Group>) =>
  createProfiles(store.connection, storeId, { Contact: schema });

describe.each([
  ["zod", z.object({ email: z.email(), city: z.optional(z.string().max(5)) })],
  ["valibot", v.object({ email: v.pipe(v.string(), v.email()), city: v.optional(v.pipe(v.string(), v.maxLength(5))) })],
  ["arktype", type({ email: "string.email", "city?": "string <= 5" })],
])("a schema of %s", (_, schema) => {
  const profiles = () => createProfiles<{ Contact: { email: string } }>(store.connection, storeId, { Contact: schema });

  it("lets valid traits pass in both directions", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    expect((await profiles().fetch(id)).traits).toEqual({ Contact: { email } });
  });

  it("rejects traits to create, and nothing is sent", async () => {
    const wrong = { email: "secret-not-an-email", city: "secret-too-long" };
    const error = await profiles()
      .create({ traits: { Contact: wrong } })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: "InvalidTraitsError", group: "Contact", paths: ["email", "city"] });
    expect(store.operationIds()).toEqual([]);
  });

  it("rejects traits that were fetched", async () => {
    const { id } = await unchecked().create({ traits: { Contact: { email, city: "Valparaíso" } } });
    await expect(profiles().fetch(id)).rejects.toMatchObject({ group: "Contact", paths: ["city"] });
  });

  it("makes the outcome of safe() invalid, with the ID of the request", async () => {
    const { id } = await unchecked().create({ traits: { Contact: { email, city: "Valparaíso" } } });
    const { requestId } = await unchecked().fetch(id).withResponse();
    const fetched = await profiles().fetch(id).safe();
    const error = { group: "Contact", paths: ["city"], requestId: expect.stringMatching(/\w/) };
    expect(fetched).toMatchObject({ ok: false, status: "invalid", error });
    expect(requestId).toMatch(/\w/);

    const wrong = { traits: { Contact: { email: "not-an-email" } } };
    const created = await profiles().create(wrong).safe();
    expect(created).toMatchObject({ status: "invalid", error: { paths: ["email"], requestId: undefined } });
  });

  it("does not check a patch, which contains only a part of a group", async () => {
    const { id } = await profiles().create({ traits: { Contact: { email } } });
    await expect(profiles().patch(id, { traits: { Contact: {} } })).resolves.toBeDefined();
  });
});

describe("the output of a schema", () => {
  const trimmed = z.object({ email: z.string().transform((value) => value.trim().toLowerCase()) });

  it("is sent", async () => {
    const { id } = await checked(trimmed).create({ traits: { Contact: { email: " ADA@example.com " } } });
    expect((await unchecked().fetch(id)).traits).toEqual({ Contact: { email: "ada@example.com" } });
  });

  it("is returned", async () => {
    const { id } = await unchecked().create({ traits: { Contact: { email: "ADA@example.com", city: "Lima" } } });
    expect((await checked(trimmed).fetch(id)).traits).toEqual({ Contact: { email: "ada@example.com" } });
  });

  it("can be a promise", async () => {
    const asynchronous = trimmed.refine(async ({ email }) => email !== "taken@example.com");
    const profiles = checked(asynchronous);
    await expect(profiles.create({ traits: { Contact: { email } } })).resolves.toBeDefined();
    const refused = profiles.create({ traits: { Contact: { email: "taken@example.com" } } });
    await expect(refused).rejects.toMatchObject({ name: "InvalidTraitsError", paths: [""] });
  });

  it("is accepted by the same schema, so that traits that were read can be written", async () => {
    const profiles = checked(trimmed);
    const { id } = await profiles.create({ traits: { Contact: { email: " ADA@example.com " } } });
    const { traits } = await profiles.fetch(id);
    expect(await profiles.create({ traits })).toMatchObject({ id });
  });

  it("does not change the given object", async () => {
    const profile = { traits: { Contact: { email: " ADA@example.com " } } };
    await checked(trimmed).create(profile);
    expect(profile.traits.Contact.email).toBe(" ADA@example.com ");
  });
});

describe("a schema that never settles", () => {
  let isCalled: boolean;
  const withPendingSchema = () =>
    createProfiles(store.connection, storeId, {
      Contact: z.object({ email: z.string() }).refine(() => {
        isCalled = true;
        return new Promise<boolean>(() => {});
      }),
    });
  const profile = { traits: { Contact: { email } } };
  const calls: [string, (options: CallOptions) => Promise<unknown>][] = [
    ["create", (options) => withPendingSchema().create(profile, options)],
    ["bulkUpsert", (options) => withPendingSchema().bulkUpsert([profile], options)],
    [
      "fetch",
      async (options) => {
        const { id } = await unchecked().create(profile);
        return withPendingSchema().fetch(id, options);
      },
    ],
  ];
  beforeEach(() => {
    isCalled = false;
  });

  it.each(calls)("is abandoned at the deadline of %s", async (name, call) => {
    stopTimers();
    const operationId = { create: "createProfile", bulkUpsert: "updateProfilesBulk", fetch: "fetchProfile" }[name];
    const attempts = name === "fetch" ? 1 : 0;
    const error = { name: "TimeLimitError", operationId, limit: "deadline", ms: 60_000, attempts };
    const pending = call({ deadline: 60_000 });
    await expect.poll(() => isCalled).toBe(true);
    expect(await endAfter(60_000, pending)).toMatchObject(name === "bulkUpsert" ? { cause: error } : error);
  });

  it.each(calls)("is abandoned when the signal of %s is aborted, with its reason", async (_, call) => {
    const controller = new AbortController();
    const failed = expect(call({ signal: controller.signal })).rejects.toThrow("enough");
    await expect.poll(() => isCalled).toBe(true);
    controller.abort(new Error("enough"));
    await failed;
  });

  it("is not called if the signal is already aborted", async () => {
    const signal = AbortSignal.abort(new Error("enough"));
    await expect(withPendingSchema().create(profile, { signal })).rejects.toThrow("enough");
    expect(isCalled).toBe(false);
  });
});

describe("a trait group", () => {
  it("without a schema is not checked", async () => {
    const profiles = createProfiles<Record<string, Record<string, string>>>(store.connection, storeId, {
      Loyalty: z.never(),
    });
    await expect(profiles.create({ traits: { Contact: { email } } })).resolves.toBeDefined();
  });

  it("is not checked if it or its schema is undefined", async () => {
    const groups = createProfiles<Record<string, Record<string, string>>>(store.connection, storeId, {
      Contact: undefined,
      Loyalty: z.never(),
    });
    const traits = { Contact: { email }, Loyalty: undefined };
    const { id } = await groups.create({ traits });
    expect((await groups.fetch(id)).traits).toEqual({ Contact: { email } });
  });

  it("can have the name of a property that every object has", async () => {
    const profiles = createProfiles<Record<string, Record<string, string>>>(store.connection, storeId, {
      constructor: z.never(),
      ["__proto__"]: z.never(),
    });
    const { id } = await profiles.create({ traits: { Contact: { email } } });
    expect((await profiles.fetch(id)).traits).toEqual({ Contact: { email } });
  });
});

describe("an InvalidTraitsError", () => {
  it("has the paths of the Standard Schema, whose segments can be objects", async () => {
    const issues = [
      { message: "" },
      { message: "", path: [] },
      { message: "", path: ["tags", 0] },
      { message: "", path: [{ key: "tags" }, { key: 1 }] },
    ];
    const schema: StandardSchema<Record<string, string>> = {
      "~standard": { version: 1, vendor: "test", validate: () => ({ issues }) },
    };
    await expect(checked(schema).create({ traits: { Contact: { email } } })).rejects.toMatchObject({
      paths: ["", "tags.0", "tags.1"],
    });
  });

  it("names each trait once, and contains no value", async () => {
    const schema = z.object({
      email: z
        .string()
        .refine(() => false, { error: ({ input }) => `${input} is wrong` })
        .refine(() => false),
      tags: z.array(z.number()),
    });
    const error = await createProfiles<{ Contact: Record<string, string | string[]> }>(store.connection, storeId, {
      Contact: schema as unknown as StandardSchema<Record<string, string>>,
    })
      .create({ traits: { Contact: { email: "secret", tags: ["secret"] } } })
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      message: "The schema of the trait group Contact rejects email, tags.0.",
      paths: ["email", "tags.0"],
    });
    expect(error).not.toHaveProperty("cause");
    expect(JSON.stringify(error)).not.toContain("secret");
  });
});
