import { describe, expect, it } from "vitest";
import { createAcceptance } from "../../src/domain/commands/accepted-at.ts";
import { createIdSource } from "../../src/domain/commands/type-id.ts";
import { mappedColumns } from "../../src/imports/mapped-columns.ts";
import { rowCommand } from "../../src/imports/row-command.ts";
import { UnreadableFileError } from "../../src/imports/unreadable-file-error.ts";
import { mappings, rules } from "./import-rules.ts";

const names = ["points", "comment", "email", "name", "phone"];
const now = () => 1_800_000_000_000;
const ids = createIdSource(now, (bytes) => bytes.fill(0));
const accept = createAcceptance(now);

const read = (...cells: string[]) =>
  rowCommand({ rules, columns: mappedColumns(rules, mappings, names), width: names.length, ids, accept }, cells);

describe("the columns of a file", () => {
  it("are found by their names, in any order", () => {
    expect(mappedColumns(rules, mappings, names).map(({ index, trait }) => [index, trait])).toEqual([
      [2, "email"],
      [4, "phone"],
      [3, "firstName"],
      [0, "points"],
    ]);
  });

  it("may be mixed with unmapped columns, even with repeated names", () => {
    expect(mappedColumns(rules, mappings, [...names, "comment", ""])).toHaveLength(4);
  });

  it("can set several traits each", () => {
    const twice = mappings.map((mapping) => ({ ...mapping, columnName: "email" }));
    expect(mappedColumns(rules, twice, ["email"]).map(({ index }) => index)).toEqual([0, 0, 0, 0]);
  });

  it.each([
    ["a mapped column is missing", names.with(2, "Email"), 'Its header row lacks the mapped column "email"'],
    ["a mapped column occurs twice", [...names, "phone"], 'Its header row has the mapped column "phone" twice'],
  ])("are rejected if %s", (_what, header, message) => {
    expect(() => mappedColumns(rules, mappings, header)).toThrow(new UnreadableFileError(message));
  });

  it("are rejected if the store no longer declares their trait", () => {
    const fewer = { ...rules, traitGroups: new Map([...rules.traitGroups].slice(0, 1)) };
    const message = 'The store no longer declares Loyalty.points, which "points" is mapped to';
    expect(() => mappedColumns(fewer, mappings, names)).toThrow(new UnreadableFileError(message));
  });
});

describe("a row", () => {
  it("becomes a command with its mapped cells", () => {
    const row = read("7", "as he asked", "Ada@Example.com", "Ada", "(415) 555-0123");
    expect(row).toEqual({
      isWarning: false,
      command: {
        kind: "upsert",
        newId: expect.stringMatching(/^mem_profile_/),
        acceptedAt: expect.any(Number),
        changes: [
          { group: "Contact", trait: "email", value: "Ada@Example.com" },
          { group: "Contact", trait: "phone", value: "(415) 555-0123" },
          { group: "Contact", trait: "firstName", value: "Ada" },
          { group: "Loyalty", trait: "points", value: 7 },
        ],
        identifiers: [
          { type: "email", value: "ada@example.com" },
          { type: "phone", value: "+14155550123" },
        ],
      },
    });
  });

  it("has its own ID and times, later than those of the rows before it", () => {
    const [one, other] = [read("7", "", "a@example.com", "", "4155550123"), read("7", "", "b@example.com", "", "")];
    expect(other?.command.newId).not.toBe(one?.command.newId);
    expect(Number(other?.command.acceptedAt) - Number(one?.command.acceptedAt)).toBe(2);
  });

  it("sets traits to the empty string and removes them", () => {
    const row = read("\\N", "", "ada@example.com", "", "\\N");
    expect(row?.isWarning).toBe(false);
    expect(row?.command.changes.slice(1)).toEqual([
      { group: "Contact", trait: "phone", value: null, releases: { type: "phone", normalization: "phone" } },
      { group: "Contact", trait: "firstName", value: "" },
      { group: "Loyalty", trait: "points", value: null },
    ]);
  });

  it("is a warning if a cell does not fit its trait, and applies without it", () => {
    for (const points of ["many", ""]) {
      const row = read(points, "", "ada@example.com", "Ada", "");
      expect(row?.isWarning).toBe(true);
      expect(row?.command.changes.map(({ trait }) => trait)).toEqual(["email", "phone", "firstName"]);
    }
  });

  it.each([
    ["has no identifier", ["7", "", "", "Ada", "\\N"]],
    ["has no identifier", ["7", "", " ", "Ada", "none"]],
    ["has only an identifier that does not fit its trait", ["7", "", `${"x".repeat(1025)}@example.com`, "Ada", ""]],
    ["is narrower than the header row", ["7", "", "ada@example.com", "Ada"]],
    ["is wider than the header row", ["7", "", "ada@example.com", "Ada", "", ""]],
  ])("is an error if it %s", (_what, cells) => {
    expect(read(...cells)).toBeUndefined();
  });
});
