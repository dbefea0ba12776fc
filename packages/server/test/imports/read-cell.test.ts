import { describe, expect, it } from "vitest";
import type { TraitDefinition } from "../../src/domain/stores/store-rules.ts";
import { readCell } from "../../src/imports/read-cell.ts";

const text: TraitDefinition = { dataType: "STRING" };
const number: TraitDefinition = { dataType: "NUMBER" };
const boolean: TraitDefinition = { dataType: "BOOLEAN" };
const array: TraitDefinition = { dataType: "ARRAY" };

describe("a cell", () => {
  it.each([text, number, boolean, array])("of \\N removes a trait of any data type ($dataType)", (definition) => {
    expect(readCell(definition, "\\N")).toBeNull();
  });

  it.each([
    ["", ""],
    [" Ada ", " Ada "],
    ["=1+1", "=1+1"],
    ["null", "null"],
    ["\\n", "\\n"],
    ["a\0b", "a\0b"],
    ["👩‍🚀", "👩‍🚀"],
  ])("of a STRING is kept unchanged (%j)", (cell, value) => {
    expect(readCell(text, cell)).toBe(value);
  });

  it("of a STRING has at most 1024 characters, regardless of its bytes", () => {
    for (const character of ["x", "é", "🚀"]) {
      expect(readCell(text, character.repeat(1024))).toBe(character.repeat(1024));
      expect(readCell(text, character.repeat(1025))).toBeUndefined();
    }
  });

  it.each([
    ["42", 42],
    ["-0.5", -0.5],
    ["1e3", 1000],
    ["1.5E-2", 0.015],
    ["12.25", 12.25],
    ["1e-10", 1e-10],
    ["0", 0],
  ])("of a NUMBER is a JSON number (%s)", (cell, value) => {
    expect(readCell(number, cell)).toBe(value);
  });

  it.each(["", " 1", "1,5", "01", "+1", ".5", "1.", "0x10", "1e999", "NaN", "Infinity", "true", '"1"'])(
    "of a NUMBER is nothing else (%j)",
    (cell) => expect(readCell(number, cell)).toBeUndefined(),
  );

  it.each(["2.5", "9007199254740992", "9007199254740993", "-9007199254740992", "1e300"])(
    "of a NUMBER that is promoted to an identifier is not %s",
    (cell) => expect(readCell({ ...number, idTypePromotion: "customer" }, cell)).toBeUndefined(),
  );

  it.each(["0", "-7", "9007199254740991"])("of a NUMBER that is promoted to an identifier can be %s", (cell) => {
    expect(readCell({ ...number, idTypePromotion: "customer" }, cell)).toBe(Number(cell));
  });

  it.each([
    ["true", true],
    ["False", false],
    ["TRUE", true],
  ])("of a BOOLEAN is true or false in any case (%s)", (cell, value) => {
    expect(readCell(boolean, cell)).toBe(value);
  });

  it.each(["", "1", "yes", " true", "constructor"])("of a BOOLEAN is nothing else (%j)", (cell) => {
    expect(readCell(boolean, cell)).toBeUndefined();
  });

  it.each([
    ["[]", []],
    ['["hiking", 3, -0.5, true, ""]', ["hiking", 3, -0.5, true, ""]],
  ])("of an ARRAY is a JSON array (%s)", (cell, value) => {
    expect(readCell(array, cell)).toEqual(value);
  });

  it.each(["", "hiking", "[1", '{"a":1}', "[null]", "[[1]]", "[{}]", "[1e999]", '"a"', `["${"x".repeat(1025)}"]`])(
    "of an ARRAY is flat, finite and without null (%j)",
    (cell) => expect(readCell(array, cell)).toBeUndefined(),
  );

  it("of an ARRAY has at most 100 items", () => {
    const items = Array.from({ length: 100 }, (_, at) => at);
    expect(readCell(array, JSON.stringify(items))).toEqual(items);
    expect(readCell(array, JSON.stringify([...items, 100]))).toBeUndefined();
  });

  it("must match the validation rule of the trait, even if it is empty", () => {
    const zip: TraitDefinition = { dataType: "STRING", validationRule: { pattern: "^[0-9]{5}$" } };
    expect(readCell(zip, "94107")).toBe("94107");
    expect(readCell(zip, "9410")).toBeUndefined();
    expect(readCell(zip, "")).toBeUndefined();
    expect(readCell({ ...number, validationRule: { max: 5 } }, "6")).toBeUndefined();
    expect(readCell({ ...array, validationRule: { minItems: 1 } }, "[]")).toBeUndefined();
  });
});
