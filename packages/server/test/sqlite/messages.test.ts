import { describe, expect, it } from "vitest";
import {
  errorOf,
  failureReply,
  packCommands,
  resultOf,
  resultReply,
  unpackCommands,
} from "../../src/storage/sqlite/messages.ts";
import { InvalidSnapshotError, StorageUnavailableError } from "../../src/storage/storage.ts";

function received(error: unknown): Error {
  const reply = failureReply(7, error);
  expect(reply.id).toBe(7);
  if (!("failure" in reply)) throw new Error("The reply is a failure.");
  return errorOf(structuredClone(reply));
}

describe("the values of a call", () => {
  const batch = { storeId: "store", commands: [{ kind: "delete", profileId: "1" }] };

  it("contain commands as text, in a batch and in a list of batches", () => {
    const packed = { storeId: "store", commands: '[["delete","1"]]' };
    expect(packCommands([batch, [batch, batch]])).toEqual([packed, [packed, packed]]);
  });

  it("arrive as they were sent", () => {
    const values = ["text", 5, null, undefined, { offset: 3 }, batch, [batch], [["row", 1, null]]];
    expect(unpackCommands(packCommands(values))).toEqual(values);
  });
});

describe("the result of a call", () => {
  it.each([
    [undefined],
    [true],
    [{ record: { id: "1" }, attempts: 0 }],
    [[[{ kind: "applied", id: "\ud800" }, { kind: "missing" }]]],
  ])("arrives as it was returned: %j", (value) => {
    const reply = resultReply(7, value);
    expect(reply.id).toBe(7);
    if (!("result" in reply)) throw new Error("The reply is a result.");
    expect(resultOf(structuredClone(reply))).toEqual(value);
  });
});

describe("an error of the thread", () => {
  it.each([StorageUnavailableError, InvalidSnapshotError])("keeps the class that callers tell apart", (Class) => {
    const error = received(new Class("The reason."));
    expect(error).toBeInstanceOf(Class);
    expect(error.message).toBe("The reason.");
  });

  it("keeps its message, its stack and its code of SQLite", () => {
    const original = Object.assign(new TypeError("The reason."), { errcode: 19 });
    const error = received(original);
    expect(error).toMatchObject({ message: "The reason.", stack: original.stack, code: 19 });
    expect(error).not.toBeInstanceOf(StorageUnavailableError);
  });

  it("has a stack of its own if it had none", () => {
    const original = new Error("The reason.");
    delete original.stack;
    expect(received(original).stack).toContain("The reason.");
  });

  it("may be thrown as any value", () => {
    expect(received("text").message).toBe("text");
    expect(received(undefined).message).toBe("undefined");
  });
});
