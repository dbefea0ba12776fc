import { describe, expect, it } from "vitest";
import { comparePatterns } from "./compare-patterns.ts";

describe("comparePatterns", () => {
  it.each([
    ["^a$", "^(a|b)$", "more"],
    ["^(a|b)$", "^a$", "fewer"],
    ["^[ab]$", "^(a|b)$", "same"],
    ["^a", "a", "more"],
    ["^a$|^b$", "^[ab]$", "same"],
    ["^a$", "^b$", "unknown"],
    ["^mem_(store|service)_[0-7][0-9a-z]{25}$", "^mem_(store|service|box)_[0-7][0-9a-z]{25}$", "more"],
    ["^mem_import_[0-7][0-9a-z]{25}$", "^mem_import_[0-7][0-9a-z]{24}$", "unknown"],
    ["^(?=a)b$", "^b$", "unknown"],
    ["(", "^b$", "unknown"],
  ] as const)("says that %s, changed to %s, matches %s strings", (before, after, expected) => {
    expect(comparePatterns(before, after)).toBe(expected);
  });
});
