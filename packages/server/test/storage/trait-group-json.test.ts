import type { TraitValue } from "@memory-api/types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TraitGroup } from "../../src/domain/profiles/profile-rows.ts";
import { decodeTraitGroup, decodeTraitValues, encodeTraitGroup } from "../../src/storage/trait-group-json.ts";

const writtenAt = 1_800_000_000_000_000;
const group = (...traits: [string, TraitValue][]): TraitGroup =>
  new Map(traits.map(([name, value], at) => [name, { value, writtenAt: writtenAt + at }]));

describe("the text of a trait group", () => {
  it.each<[TraitValue]>([
    [""],
    ["Ñandú 👩‍🚀"],
    ["\0"],
    ["\ud800"],
    [0],
    [-1.5e300],
    [true],
    [false],
    [[]],
    [["a", 1, false]],
  ])("preserves %j", (value) => {
    expect(decodeTraitGroup(encodeTraitGroup(group(["trait", value])))).toEqual(group(["trait", value]));
  });

  it("preserves names of built-in object properties, and the order of numeric names", () => {
    const traits = group(["zip", "1"], ["__proto__", "2"], ["constructor", "3"], ["10", "4"], ["9", "5"]);
    const decoded = decodeTraitGroup(encodeTraitGroup(traits));
    expect([...decoded]).toEqual([...traits]);
  });

  it("can be decoded without the times", () => {
    expect(decodeTraitValues(encodeTraitGroup(group(["b", 1], ["a", ["x"]])))).toEqual({ b: 1, a: ["x"] });
  });

  it("is decoded into an object that inherits nothing", () => {
    const names = ["__proto__", "constructor", "toString"];
    const values = decodeTraitValues(
      encodeTraitGroup(group(...names.map((name): [string, TraitValue] => [name, name]))),
    );
    expect(Object.entries(values ?? {})).toEqual(names.map((name) => [name, name]));
    const other = decodeTraitValues(encodeTraitGroup(group(["other", 1])));
    for (const name of names) expect(other?.[name]).toBeUndefined();
  });

  it("contains only characters that any database can store", () => {
    const value = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("\0", "\ud800\ud800", "\udfff"));
    fc.assert(
      fc.property(value, value, (name, text) => {
        const encoded = encodeTraitGroup(group([name, text]));
        expect(encoded).not.toContain("\0");
        expect(Buffer.from(encoded).toString()).toBe(encoded);
        expect(decodeTraitGroup(encoded)).toEqual(group([name, text]));
      }),
    );
  });

  it("keeps when a trait was removed, and leaves it out of the values", () => {
    const removed: TraitGroup = new Map([
      ["kept", { value: 1, writtenAt }],
      ["removed", { writtenAt: writtenAt + 1 }],
    ]);
    const encoded = encodeTraitGroup(removed);
    expect(decodeTraitGroup(encoded)).toStrictEqual(removed);
    expect(decodeTraitValues(encoded)).toEqual({ kept: 1 });
    expect(decodeTraitValues(encodeTraitGroup(new Map([["removed", { writtenAt }]])))).toBeUndefined();
  });
});
