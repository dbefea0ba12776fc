import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { decodeCommands, encodeCommands } from "../../src/storage/sqlite/command-text.ts";

const acceptedAt = 1_800_000_000_000_000;
const releases = { type: "email", normalization: "email" } as const;
const COMMANDS: readonly Command[] = [
  {
    kind: "upsert",
    newId: "1",
    acceptedAt,
    changes: [
      { group: "Contact", trait: "email", value: "a@example.com" },
      { group: "Contact", trait: "tags", value: ["a", 1, true] },
      { group: "__proto__", trait: "constructor", value: "\0\ud800" },
    ],
    identifiers: [
      { type: "email", value: "a@example.com" },
      { type: "phone", value: "+12065550100" },
    ],
  },
  {
    kind: "patch",
    profileId: "2",
    acceptedAt: acceptedAt + 1,
    changes: [
      { group: "Contact", trait: "email", value: null, releases },
      { group: "Contact", trait: "count", value: 0 },
    ],
    identifiers: [],
  },
  { kind: "patch", profileId: "3", acceptedAt, changes: [], identifiers: [] },
  { kind: "delete", profileId: "4" },
];

describe("the text of commands", () => {
  it("preserves every field, in order", () => {
    expect(decodeCommands(encodeCommands(COMMANDS))).toStrictEqual(COMMANDS);
  });

  it("preserves an empty list", () => {
    expect(decodeCommands(encodeCommands([]))).toEqual([]);
  });
});
