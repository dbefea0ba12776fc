import { createHash } from "node:crypto";
import type { TraitValue } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { normalizeIdentifier } from "../../src/domain/stores/normalize-identifier.ts";
import type { Normalization } from "../../src/domain/stores/store-rules.ts";

const digestOf = (text: string) => `sha256:${createHash("sha256").update(text).digest("hex")}`;

describe("the normalization", () => {
  it.each<[Normalization, TraitValue, string]>([
    ["phone", "(415) 555-0123", "+14155550123"],
    ["phone", "+44 20 7946 0958", "+442079460958"],
    ["phone", 4155550123, "+14155550123"],
    ["email", " Ada.Reyes @Example.COM\t", "ada.reyes@example.com"],
    ["trim", "\u00a0 Ada R \n", "Ada R"],
    ["trim", 7, "7"],
    ["none", " Ada ", " Ada "],
    ["none", -0.5, "-0.5"],
  ])("%s reads %j as %j", (normalization, value, identifier) => {
    expect(normalizeIdentifier(normalization, value)).toEqual({ value: identifier });
  });

  it.each<[Normalization, TraitValue, string]>([
    ["phone", "12", "is not a valid phone number"],
    ["phone", "none", "is not a valid phone number"],
    ["phone", "", "is empty"],
    ["phone", " \t", "is empty"],
    ["email", " \n", "is empty"],
    ["trim", "  ", "is empty"],
    ["none", "", "is empty"],
    ["none", "a\0b", "contains a character that cannot be stored"],
    ["none", "a\ud800b", "contains a character that cannot be stored"],
    ["none", true, "is not a string or a number"],
    ["none", ["a"], "is not a string or a number"],
  ])("%s does not read %j, which %s", (normalization, value, problem) => {
    expect(normalizeIdentifier(normalization, value)).toEqual({ problem });
  });
});

describe("a long identifier", () => {
  it.each(["x".repeat(1024), "é".repeat(512)])("of at most 1024 bytes is kept as it is", (value) => {
    expect(normalizeIdentifier("none", value)).toEqual({ value });
  });

  it.each(["x".repeat(1025), "é".repeat(513)])("of more bytes becomes its digest", (value) => {
    expect(normalizeIdentifier("none", value)).toEqual({ value: digestOf(value) });
  });

  it("differs from a value that looks like its digest", () => {
    const long = "x".repeat(1025);
    const lookalike = digestOf(long);
    expect(normalizeIdentifier("none", lookalike)).toEqual({ value: digestOf(lookalike) });
    expect(normalizeIdentifier("none", "sha256:")).toEqual({ value: digestOf("sha256:") });
    expect(normalizeIdentifier("none", "a sha256:")).toEqual({ value: "a sha256:" });
  });
});
