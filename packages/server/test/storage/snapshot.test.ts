import { describe, expect, it } from "vitest";
import { checkSnapshot } from "../../src/storage/snapshot.ts";
import { InvalidSnapshotError } from "../../src/storage/storage.ts";
import { TABLE_NAMES, TABLES } from "../../src/storage/tables.ts";

const storeIds = ["one", "two"];
const profile = ["one", "profile", 5, null];

/** @returns the message of the error, or `undefined` if the snapshot is valid */
function faultOf(json: unknown): string | undefined {
  try {
    checkSnapshot(JSON.parse(JSON.stringify(json)), storeIds);
    return undefined;
  } catch (error) {
    if (error instanceof InvalidSnapshotError) return error.message;
    throw error;
  }
}

describe("a snapshot", () => {
  it("may have rows of every table and every store, with null where a column allows it", () => {
    const rowsOf = (name: (typeof TABLE_NAMES)[number]) =>
      storeIds.flatMap((storeId) =>
        [false, true].map((isNull) => [
          storeId,
          ...Object.values<string>(TABLES[name])
            .slice(1)
            .map((type) => (isNull && type.endsWith("?") ? null : type.startsWith("text") ? "text" : 7)),
        ]),
      );
    expect(faultOf(Object.fromEntries(TABLE_NAMES.map((name) => [name, rowsOf(name)])))).toBeUndefined();
  });

  it("may leave out tables", () => {
    expect(faultOf({})).toBeUndefined();
    expect(faultOf({ profiles: [] })).toBeUndefined();
  });

  it("has no other tables", () => {
    expect(faultOf({ people: [] })).toBe("people: there is no such table");
  });

  it.each([[{}], ["rows"], [null]])("has an array of rows for a table, not %j", (rows) => {
    expect(faultOf({ profiles: rows })).toBe("profiles: must be an array of rows");
  });

  it.each<[string, unknown]>([
    ["must be an array of columns", { store_id: "one" }],
    ["must be an array of columns", "four"],
    ["must have 4 columns, not 3", ["one", "profile", 5]],
    ["must have 4 columns, not 5", ["one", "profile", 5, null, null]],
    ["store_id must be a string", [null, "profile", 5, null]],
    ["id must be a string", ["one", 7, 5, null]],
    ["created_at must be an integer", ["one", "profile", "5", null]],
    ["created_at must be an integer", ["one", "profile", 5.5, null]],
    ["created_at must be an integer", ["one", "profile", 2 ** 53, null]],
    ["created_at must be an integer", ["one", "profile", null, null]],
    ["holders must be a string", ["one", "profile", 5, 6]],
    ["belongs to an unknown store", ["three", "profile", 5, null]],
  ])("is rejected at the row that is wrong: it %s", (fault, row) => {
    expect(faultOf({ profiles: [profile, row, profile] })).toBe(`profiles/1: ${fault}`);
  });

  it("is rejected for a wrong row of any table", () => {
    expect(faultOf({ profiles: [profile], merge_nodes: [["one", "id", null, "2", null]] })).toBe(
      "merge_nodes/0: size must be an integer",
    );
  });
});
