import { type JsonType, type JsonValue, jsonTypeOf } from "../json.ts";
import { numberOf, schemasOf, textMapOf, textOf, textsOf, valuesOf } from "../schema/keyword-values.ts";
import type { SchemaObject } from "../schema/load-schema.ts";
import { textFormat } from "../text/formats.ts";
import { NUMBERS, TEXTS } from "./notable-values.ts";

/** A value at a boundary of one keyword. Whether it is valid is decided elsewhere. */
export interface Candidate {
  readonly value: JsonValue;
  readonly keyword: string;
  readonly description: string;
}

/** Valid values to vary, with demands on their sizes. Undefined if there are none. */
export interface Samples {
  readonly sample: (demand: SchemaObject) => JsonValue | undefined;
  /** Whether values of a type are of interest. */
  readonly allows: (type: JsonType) => boolean;
  /** Whether validators treat a property with a name like any other. */
  readonly agreesOn: (name: string) => boolean;
  readonly maxSize: number;
}

/** The values at the boundaries of each keyword of a schema. */
export function* candidatesOf(schema: SchemaObject, samples: Samples): Generator<Candidate> {
  for (const keyword of ["enum", "const"] as const) yield* memberCandidates(schema, keyword);
  yield* numberCandidates(schema);
  yield* textCandidates(schema, samples);
  yield* itemCandidates(schema, samples);
  yield* propertyCandidates(schema, samples);
}

/** Values of every type, for places of any schema. */
export function* typeCandidates({ allows, sample, maxSize }: Samples): Generator<Candidate> {
  const of = (keyword: string, value: JsonValue, description: string): Candidate => ({ value, keyword, description });
  const type = (value: JsonValue, description: string) => of("type", value, description);
  yield type(null, "null");
  for (const value of [true, false]) yield type(value, String(value));
  for (const value of [0, 1, -1, 1.5]) yield type(value, `the number ${value}`);
  yield* [
    type("", "the empty string"),
    type("a", "a string"),
    type("0", "a number as a string"),
    type("true", "a boolean as a string"),
  ];
  yield* [type([], "the empty array"), type([null], "an array that contains null"), type({}, "the empty object")];
  const valid = sample({});
  if (valid !== undefined)
    yield* [type([valid], "a valid value in an array"), type(JSON.stringify(valid), "a valid value as JSON text")];
  if (allows("number")) {
    for (const [value, description] of NUMBERS) yield of("type", value, description);
  }
  if (allows("string")) {
    for (const [value, description] of TEXTS) yield of("type", value, description);
    const length = Math.min(10_000, maxSize);
    yield of("type", "a".repeat(length), `a string of ${length} characters`);
  }
}

function* memberCandidates(schema: SchemaObject, keyword: "enum" | "const"): Generator<Candidate> {
  const values = valuesOf(schema, keyword) ?? [];
  for (const value of values) yield { value, keyword, description: "a member" };
  for (const value of values) {
    for (const [confused, description] of confusions(value)) yield { value: confused, keyword, description };
  }
}

function confusions(value: JsonValue): readonly (readonly [JsonValue, string])[] {
  if (typeof value === "string") {
    return [
      [value.toUpperCase(), "a member in upper case"],
      [value.toLowerCase(), "a member in lower case"],
      [`${value} `, "a member followed by a space"],
      [value.slice(0, -1), "a member without its last character"],
      [`${value}\u0000`, "a member followed by NUL"],
    ];
  }
  if (typeof value === "number")
    return [
      [String(value), "a member as a string"],
      [value + 1, "a member plus one"],
    ];
  if (typeof value === "boolean")
    return [
      [String(value), "a member as a string"],
      [Number(value), "a member as a number"],
    ];
  if (value === null)
    return [
      ["null", "the text null"],
      [0, "zero instead of null"],
    ];
  return [[JSON.stringify(value), "a member as JSON text"]];
}

function* numberCandidates(schema: SchemaObject): Generator<Candidate> {
  for (const keyword of ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"]) {
    const bound = numberOf(schema, keyword);
    if (bound === undefined) continue;
    const step = 2 ** -52 * Math.max(Math.abs(bound), 2 ** -1000);
    yield { value: bound, keyword, description: "the bound" };
    for (const [value, description] of [
      [bound - 1, "one below the bound"],
      [bound + 1, "one above the bound"],
      [bound - step, "just below the bound"],
      [bound + step, "just above the bound"],
      [-bound, "the bound with the other sign"],
    ] as const) {
      if (Number.isFinite(value)) yield { value: value === 0 ? 0 : value, keyword, description };
    }
  }
  const divisor = numberOf(schema, "multipleOf");
  if (divisor !== undefined) {
    for (const factor of [0, 1, -1, 2, 3, 7, 10, 100]) {
      yield { value: rounded(divisor, factor), keyword: "multipleOf", description: `${factor} times the divisor` };
    }
    yield { value: divisor / 2, keyword: "multipleOf", description: "half of the divisor" };
    yield { value: divisor * 1.5, keyword: "multipleOf", description: "one and a half times the divisor" };
  }
}

function rounded(divisor: number, factor: number): number {
  const product = Number((divisor * factor).toPrecision(12));
  return product === 0 ? 0 : product;
}

function* textCandidates(schema: SchemaObject, { sample, maxSize }: Samples): Generator<Candidate> {
  for (const keyword of ["minLength", "maxLength"]) {
    const bound = numberOf(schema, keyword);
    if (bound === undefined) continue;
    for (const [length, description] of around(bound, "length")) {
      if (length < 0 || length > maxSize) continue;
      const valid = sample({ type: "string", minLength: length, maxLength: length });
      yield { value: valid ?? "a".repeat(length), keyword, description };
      yield {
        value: "\u{1f600}".repeat(length),
        keyword,
        description: `${description}, of characters outside of the BMP`,
      };
      yield {
        value: "e\u0301".repeat(Math.floor(length / 2)) + "e".repeat(length % 2),
        keyword,
        description: `${description}, with combining accents`,
      };
    }
  }
  const pattern = textOf(schema, "pattern");
  const valid = sample({ type: "string" });
  if (pattern !== undefined) yield* variations(valid, "pattern");
  const format = textOf(schema, "format");
  const known = format === undefined ? undefined : textFormat(format);
  if (known === undefined || format === undefined) return;
  yield* variations(valid, "format");
  for (const value of known.unusual) yield { value, keyword: "format", description: `an unusual ${format}` };
  for (const value of known.nearMisses) yield { value, keyword: "format", description: `almost a ${format}` };
}

function* variations(valid: JsonValue | undefined, keyword: string): Generator<Candidate> {
  if (typeof valid !== "string") return;
  yield { value: valid, keyword, description: "a match" };
  for (const [value, description] of [
    [`${valid}\n`, "a match followed by a line break"],
    [` ${valid}`, "a match after a space"],
    [`${valid}x`, "a match followed by a letter"],
    [`x${valid}`, "a match after a letter"],
    [valid.slice(0, -1), "a match without its last character"],
    [valid.slice(1), "a match without its first character"],
    [valid.toUpperCase(), "a match in upper case"],
    [`${valid}\u0000`, "a match followed by NUL"],
  ] as const) {
    yield { value, keyword, description };
  }
}

function* itemCandidates(schema: SchemaObject, { sample, maxSize }: Samples): Generator<Candidate> {
  const bounds = ["minItems", "maxItems", "minContains", "maxContains"].flatMap((keyword) => {
    const bound = numberOf(schema, keyword);
    return bound === undefined ? [] : [[keyword, bound] as const];
  });
  if (Object.hasOwn(schema, "prefixItems")) bounds.push(["items", schemasOf(schema, "prefixItems").length]);
  for (const [keyword, bound] of bounds) {
    for (const [length, description] of around(bound, "number of items")) {
      if (length < 0 || length > Math.min(maxSize, 20_000)) continue;
      const valid = sample({ type: "array", minItems: length, maxItems: length });
      const items = sample({ type: "array", minItems: 1 });
      const item = Array.isArray(items) ? (items.at(-1) ?? null) : null;
      yield { value: valid ?? Array.from({ length }, () => item), keyword, description };
    }
  }
  if (schema["uniqueItems"] !== true) return;
  const items = sample({ type: "array", minItems: 1 });
  if (!Array.isArray(items) || items.length === 0) return;
  yield { value: items, keyword: "uniqueItems", description: "distinct items" };
  yield { value: [...items, items[0] ?? null], keyword: "uniqueItems", description: "the first item twice" };
}

function* propertyCandidates(schema: SchemaObject, { sample, agreesOn, maxSize }: Samples): Generator<Candidate> {
  const valid = sample({ type: "object" });
  const names = textsOf(schema["required"]);
  for (const name of names) yield* withoutProperty(valid, name, "required");
  for (const [name, needed] of textMapOf(schema, "dependentRequired")) {
    const whole = sample({ type: "object", required: [name] });
    for (const each of needed) yield* withoutProperty(whole, each, "dependentRequired");
  }
  for (const keyword of ["minProperties", "maxProperties"]) {
    const bound = numberOf(schema, keyword);
    if (bound === undefined) continue;
    for (const [count, description] of around(bound, "number of properties")) {
      if (count < 0 || count > Math.min(maxSize, 5000)) continue;
      const value = sample({ type: "object", minProperties: count, maxProperties: count }) ?? widened(valid, count);
      if (value !== undefined) yield { value, keyword, description };
    }
  }
  const isOfObjects = [
    "properties",
    "additionalProperties",
    "unevaluatedProperties",
    "propertyNames",
    "patternProperties",
    "required",
  ];
  if (!isOfObjects.some((keyword) => Object.hasOwn(schema, keyword))) return;
  const keyword = isOfObjects.slice(1, 4).find((each) => Object.hasOwn(schema, each)) ?? "properties";
  for (const [name, description] of [
    ["extraProperty", "an extra property"],
    ["", "a property with an empty name"],
    ["\u{1f600}", "a property whose name is outside of the BMP"],
    ["__proto__", "an own property named __proto__"],
    ["constructor", "an own property named constructor"],
    ["a".repeat(Math.min(maxSize, 1000)), "a property with a long name"],
  ] as const) {
    if (!agreesOn(name)) continue;
    for (const extra of [valueOfMember(valid), "extra", null]) {
      const value = withProperty(valid, name, extra);
      if (value !== undefined) yield { value, keyword, description };
    }
  }
}

function valueOfMember(value: JsonValue | undefined): JsonValue {
  return (isObject(value) ? Object.values(value)[0] : undefined) ?? {};
}

function isObject(value: JsonValue | undefined): value is { [name: string]: JsonValue } {
  return value !== undefined && jsonTypeOf(value) === "object";
}

function* withoutProperty(value: JsonValue | undefined, name: string, keyword: string): Generator<Candidate> {
  if (!isObject(value)) return;
  const rest = Object.fromEntries(Object.entries(value).filter(([other]) => other !== name));
  yield { value: rest, keyword, description: `${JSON.stringify(name)} is missing` };
}

function withProperty(value: JsonValue | undefined, name: string, extra: JsonValue): JsonValue | undefined {
  return isObject(value) ? Object.fromEntries([...Object.entries(value), [name, extra]]) : undefined;
}

function widened(value: JsonValue | undefined, count: number): JsonValue | undefined {
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value).slice(0, count);
  const extra = valueOfMember(value);
  for (let index = 0; entries.length < count; index++) entries.push([`extra${index}`, extra]);
  return Object.fromEntries(entries);
}

function around(bound: number, what: string): readonly (readonly [number, string])[] {
  return [
    [bound - 1, `one less than the bound of the ${what}`],
    [bound, `the bound of the ${what}`],
    [bound + 1, `one more than the bound of the ${what}`],
  ];
}
