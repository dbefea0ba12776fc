import type { TraitValue } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { checkTraitValue, compilePattern } from "../../src/domain/stores/check-trait-value.ts";
import type { TraitDefinition, ValidationRule } from "../../src/domain/stores/store-rules.ts";

type DataType = TraitDefinition["dataType"];

const SAMPLES: Record<DataType, TraitValue> = { STRING: "", NUMBER: 0, BOOLEAN: false, ARRAY: [] };
const PROBLEMS: Record<DataType, string> = {
  STRING: "must be a string, as the trait's data type is STRING",
  NUMBER: "must be a number, as the trait's data type is NUMBER",
  BOOLEAN: "must be true or false, as the trait's data type is BOOLEAN",
  ARRAY: "must be an array, as the trait's data type is ARRAY",
};
const dataTypes: readonly DataType[] = ["STRING", "NUMBER", "BOOLEAN", "ARRAY"];

describe.each(dataTypes)("a trait of the data type %s", (dataType) => {
  it("takes values of its type alone", () => {
    for (const sample of dataTypes) {
      const problem = sample === dataType ? undefined : PROBLEMS[dataType];
      expect(checkTraitValue({ dataType }, SAMPLES[sample])).toBe(problem);
      expect(checkTraitValue({ dataType, validationRule: {} }, SAMPLES[sample])).toBe(problem);
    }
  });
});

describe("a validation rule", () => {
  it.each<[DataType, ValidationRule, TraitValue[], TraitValue[], string]>([
    ["STRING", { minLength: 2 }, ["ab", "😀😀"], ["", "a", "😀"], "must have at least 2 characters"],
    ["STRING", { minLength: 1 }, ["a"], [""], "must have at least 1 character"],
    ["STRING", { maxLength: 2 }, ["", "ab", "😀😀"], ["abc"], "must have at most 2 characters"],
    ["STRING", { maxLength: 1 }, ["a"], ["ab"], "must have at most 1 character"],
    ["STRING", { pattern: "^[0-9]{5}$" }, ["94107"], ["9410", "94107 "], "must match the pattern ^[0-9]{5}$"],
    ["STRING", { pattern: "b" }, ["abc"], ["ac"], "must match the pattern b"],
    ["NUMBER", { min: 2 }, [2, 2.1], [1.9, -3], "must be at least 2"],
    ["NUMBER", { max: 2 }, [2, -3], [2.1], "must be at most 2"],
    ["ARRAY", { minItems: 2 }, [["a", "b"]], [[], ["a"]], "must have at least 2 items"],
    ["ARRAY", { minItems: 1 }, [["a"]], [[]], "must have at least 1 item"],
    ["ARRAY", { maxItems: 2 }, [[], ["a", "b"]], [["a", "b", "c"]], "must have at most 2 items"],
    ["ARRAY", { maxItems: 0 }, [[]], [["a"]], "must have at most 0 items"],
  ])("of a %s: %j", (dataType, validationRule, valid, invalid, problem) => {
    const definition = { dataType, validationRule };
    for (const value of valid) expect(checkTraitValue(definition, value)).toBeUndefined();
    for (const value of invalid) expect(checkTraitValue(definition, value)).toBe(problem);
  });

  it.each<[DataType, ValidationRule, TraitValue]>([
    ["STRING", { minLength: 3, maxLength: 3 }, "abc"],
    ["NUMBER", { min: 5, max: 5 }, 5],
    ["ARRAY", { minItems: 1, maxItems: 1 }, ["a"]],
  ])("of a %s can have equal bounds", (dataType, validationRule, value) => {
    expect(checkTraitValue({ dataType, validationRule }, value)).toBeUndefined();
  });

  it("applies to an identifier too", () => {
    const definition: TraitDefinition = { dataType: "NUMBER", idTypePromotion: "customer", validationRule: { min: 1 } };
    expect(checkTraitValue(definition, 0)).toBe("must be at least 1");
    expect(checkTraitValue(definition, 1)).toBeUndefined();
    expect(checkTraitValue({ ...definition, dataType: "STRING" }, "1")).toBeUndefined();
  });
});

describe("a number that is promoted to an identifier", () => {
  const definition: TraitDefinition = { dataType: "NUMBER", idTypePromotion: "customer" };

  it.each([0, -7, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])("can be %d", (value) => {
    expect(checkTraitValue(definition, value)).toBeUndefined();
  });

  it.each([1.5, 2 ** 53, -(2 ** 53), 1e300])("must be a safe integer, not %d", (value) => {
    expect(checkTraitValue(definition, value)).toBe(
      "must be an integer from -9007199254740991 to 9007199254740991, because the trait is promoted to an identifier",
    );
    expect(checkTraitValue({ dataType: "NUMBER" }, value)).toBeUndefined();
  });
});

describe("a pattern", () => {
  it("is compiled once", () => {
    expect(compilePattern("^once$")).toBe(compilePattern("^once$"));
    expect(compilePattern("^other$")).not.toBe(compilePattern("^once$"));
  });

  it("is rejected if RE2 does not support it", () => {
    expect(() => compilePattern("(?=a)")).toThrow();
  });
});
