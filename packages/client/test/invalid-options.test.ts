import { type ClientOptions, createMemoryClient } from "@memory-api/client";
import { describe, expect, it } from "vitest";

// A program in JavaScript, or one that reads its options from the environment, can pass any value.
const clientWith = (options: object) =>
  createMemoryClient({
    credentials: { apiKey: "key", apiSecret: "secret" },
    fetch: () => Promise.reject(new Error("Nothing may be sent.")),
    ...options,
  });
const storeId = "mem_store_00000000000000000000000000";

describe("an invalid option", () => {
  it.each([
    ["fetch", { fetch: true }, "fetch: must be a function"],
    ["middleware", { middleware: () => {} }, "middleware: must be an array"],
    ["retry", { retry: 3 }, "retry: must be an object, or false"],
    ["retry", { retry: true }, "retry: must be an object, or false"],
    ["retry.attempts", { retry: { attempts: 0 } }, "retry.attempts: must be a number, 1 or more"],
    ["timeout", { timeout: "5s" }, "timeout: must be a number, 0 or more"],
    ["deadline", { deadline: -1 }, "deadline: must be a number, 0 or more"],
    ["headers", { headers: "X-Trace: 1" }, "headers: must be an object or a list of pairs"],
    [
      "userAgent",
      { userAgent: "newsletter\n2" },
      "userAgent: must be a string without control characters or characters beyond Latin-1",
    ],
  ])("is an error when the client is created: %s", (parameter, options, message) => {
    const error = expect.objectContaining({ name: "InvalidParameterError", parameter, message });
    expect(() => clientWith(options)).toThrow(error);
    expect(() => clientWith({}).withOptions(options as ClientOptions)).toThrow(error);
  });

  it("is an error of a call that it is passed to", async () => {
    const call = clientWith({}).operations.listProfileImportsV2({ path: { storeId } }, { retry: 3 as never });
    await expect(call).rejects.toMatchObject({ name: "InvalidParameterError", parameter: "retry" });
  });
});

it.each([undefined, null, "key:secret"])("credentials of a function must be an object, not %j", async (credentials) => {
  const { operations } = clientWith({ credentials: () => credentials });
  await expect(operations.listProfileImportsV2({ path: { storeId } })).rejects.toMatchObject({
    name: "InvalidParameterError",
    parameter: "credentials",
  });
});

describe("a missing argument", () => {
  const { imports, profiles } = clientWith({}).store(storeId);
  const missing = undefined as never;
  const mapping = { email: "Contact.email", name: "Contact.firstName" } as const;
  const source = new Blob(["email,name\n"]);

  it.each([
    [
      "the options of an import",
      () => imports.run(source, missing),
      "mapping: is missing: map at least two columns to traits",
    ],
    [
      "the mapping of an import",
      () => imports.run(source, {} as never),
      "mapping: is missing: map at least two columns to traits",
    ],
    [
      "the items of a bulk upsert",
      () => profiles.bulkUpsert(missing),
      "items: must be an iterable or an async iterable",
    ],
  ])("is an error of the job: %s", async (_, run, message) => {
    await expect(run()).rejects.toMatchObject({ name: "InvalidParameterError", message });
  });

  it.each([
    ["undefined", missing],
    ["null", null],
    ["the URL of a file", new URL("file:///contacts.csv")],
    ["a function that returns nothing", () => {}],
  ])("of an import is its source: %s", async (_, source) => {
    await expect(imports.run(source as never, { mapping })).rejects.toMatchObject({
      name: "InvalidSourceError",
      fault: "unreadable",
      message: "The source must be a path, a Blob, { stream, size }, or a function that returns one of these.",
    });
  });
});
