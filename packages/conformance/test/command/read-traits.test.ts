import { describe, expect, it } from "vitest";
import { numberTraitOf, parseTraits, readTraits } from "../../src/command/read-traits.ts";

const EMAIL = "Contact:\n  email: { dataType: STRING, idTypePromotion: email }\n";

describe("a file of traits", () => {
  it("lists the traits of each group, as the configuration of a store does", () => {
    const text = `${EMAIL}  age: { dataType: NUMBER, description: In years., validationRule: { min: 0, max: 150 } }\n__proto__: {}\n`;
    const traits = parseTraits(text, "traits.yaml");
    expect(traits["Contact"]).toMatchObject({
      email: { dataType: "STRING", idTypePromotion: "email" },
      age: { dataType: "NUMBER", validationRule: { min: 0, max: 150 } },
    });
    expect(Object.hasOwn(traits, "__proto__")).toBe(true);
    expect(numberTraitOf(traits)).toEqual({ traitGroup: "Contact", traitName: "age" });
    expect(numberTraitOf(parseTraits(EMAIL, "traits.yaml"))).toBeUndefined();
  });

  it.each([
    ["[]", "t: The file must be an object."],
    ["Contact: email", "t: Contact must be an object."],
    [`${EMAIL}  age: {}`, "t: dataType of Contact.age must be one of STRING, NUMBER, BOOLEAN, ARRAY."],
    [`${EMAIL}  age: { dataType: NUMBER, idTypePromotion: 1 }`, "t: idTypePromotion of Contact.age must be a string."],
    [`${EMAIL}  age: { dataType: NUMBER, rule: 1 }`, "t: Contact.age has unknown fields: rule."],
    [
      `${EMAIL}  age: { dataType: NUMBER, validationRule: { least: 1 } }`,
      "t: validationRule of Contact.age does not support least.",
    ],
    [`${EMAIL}  age: { dataType: NUMBER, validationRule: { min: x } }`, "t: min of Contact.age must be a number."],
    ["Contact:\n  age: { dataType: NUMBER }", "t: No trait has idTypePromotion, so no profile can be created."],
    ["Contact: {", "t is not valid YAML: "],
  ])("is rejected if it is malformed: %j", (text, message) => {
    expect(() => parseTraits(text, "t")).toThrow(message);
  });

  it("is rejected if it cannot be read", async () => {
    await expect(readTraits("/no/such/traits.yaml")).rejects.toThrow("/no/such/traits.yaml cannot be read");
  });
});
