import { afterEach, describe, expect, it, vi } from "vitest";
import { createSandbox } from "../../src/process/create-sandbox.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { TransactionalStorage } from "../../src/storage/transactional-storage.ts";
import { callOf, importFile, person } from "./call-sandbox.ts";

const email = "ada@example.com";

afterEach(() => void vi.restoreAllMocks());

/** Makes the next call of a method of the storage fail, with a message that contains a trait value. */
function failOnce(method: "commit" | "applyRows", error: Error = new Error(`duplicate key: ${email}`)) {
  vi.spyOn(TransactionalStorage.prototype, method).mockRejectedValueOnce(error);
}

/** Creates a sandbox with a log. Returns both. */
async function loggedSandbox() {
  const lines: string[] = [];
  const sandbox = await createSandbox({ log: { write: (line) => void lines.push(line) } });
  return { sandbox, lines, [Symbol.asyncDispose]: () => sandbox.close() };
}

describe("the log of a sandbox in process", () => {
  it("has a line for a request that failed, with the request ID of the response and the stack", async () => {
    await using logged = await loggedSandbox();
    failOnce("commit");
    const { status, headers } = await callOf(logged.sandbox)("POST", "", person(email));
    expect(status).toBe(500);
    expect(logged.lines).toHaveLength(1);
    expect(JSON.parse(`${logged.lines[0]}`)).toMatchObject({
      reqId: headers["x-request-id"],
      error: { name: "Error", at: expect.arrayContaining([expect.stringContaining("log.test.ts")]) },
      msg: "request failed",
    });
  });

  it("can throw without changing a response", async () => {
    const write = vi.fn(() => {
      throw new Error("The log is closed.");
    });
    await using sandbox = await createSandbox({ log: { write } });
    failOnce("commit");
    expect(await callOf(sandbox)("POST", "", person(email))).toMatchObject({ status: 500 });
    expect(write).toHaveBeenCalledOnce();
    expect(await callOf(sandbox)("POST", "", person(email))).toMatchObject({ status: 202 });
    failOnce("applyRows", new StorageUnavailableError("The disk is full."));
    await importFile(sandbox, `email,firstName\n${email},Ada\n`);
    await sandbox.clock.advance(0);
    expect(write).toHaveBeenCalledTimes(2);
  });

  it("has a line for imports that are delayed by a failure", async () => {
    await using logged = await loggedSandbox();
    failOnce("applyRows", new StorageUnavailableError("The disk is full."));
    await importFile(logged.sandbox, `email,firstName\n${email},Ada\n`);
    await logged.sandbox.clock.advance(0);
    expect(logged.lines.map((line) => JSON.parse(line))).toMatchObject([
      { error: { name: "StorageUnavailableError", reason: "The disk is full." }, msg: "imports delayed" },
    ]);
  });

  it("contains no trait value, credential or upload token", async () => {
    await using logged = await loggedSandbox();
    failOnce("commit");
    await callOf(logged.sandbox)("POST", "", person(email));
    failOnce("applyRows");
    const { url } = await importFile(logged.sandbox, `email,firstName\n${email},Ada\n`);
    await logged.sandbox.clock.advance(0);
    expect(logged.lines).toHaveLength(2);
    const { apiKey, apiSecret } = logged.sandbox.credentials;
    const secrets = [email, btoa(`${apiKey}:${apiSecret}`), `${new URL(url).searchParams.get("token")}`];
    for (const secret of secrets) expect(logged.lines.join("")).not.toContain(secret);
  });

  it("contains nothing about successful requests or errors of the caller", async () => {
    await using logged = await loggedSandbox();
    const call = callOf(logged.sandbox);
    expect((await call("POST", "", person(email))).status).toBe(202);
    expect((await call("POST", "", {})).status).toBe(400);
    await importFile(logged.sandbox, `email,firstName\n${email},Ada\n`);
    await logged.sandbox.clock.advance(0);
    expect(logged.lines).toEqual([]);
  });
});
