import { numberOf, schemaMapOf, schemaOf, schemasOf, textMapOf, textsOf } from "../schema/keyword-values.ts";
import type { Schema, SchemaObject } from "../schema/load-schema.ts";
import type { SchemaSet } from "../schema/schema-set.ts";
import type { Conjunction } from "../schema/shape.ts";

/** A way to break one keyword of a conjunction. */
export interface Violation {
  readonly keyword: string;
  /** The schema that has the keyword. */
  readonly schema: Schema;
  /** What a value satisfies that breaks the keyword and, as far as possible, nothing else. */
  readonly wanted: Conjunction;
  /** What a value satisfies that breaks the keyword and perhaps others. */
  readonly broken: Conjunction;
}

/** How deep nested `anyOf` and `oneOf` are searched. */
const MAX_BRANCH_DEPTH = 2;

/** Keywords that a value breaks on its own, in contrast to those that only apply schemas to its parts. */
const SIMPLE = [
  ...["type", "enum", "const", "format", "pattern", "minLength", "maxLength"],
  ...["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
  ...["minItems", "maxItems", "uniqueItems", "minProperties", "maxProperties", "propertyNames"],
  ...["anyOf", "oneOf", "not"],
];

/** Returns the ways to break the keywords of schemas, including those that they refer to. */
export function violationsOf(schemas: Conjunction, set: SchemaSet, depth = MAX_BRANCH_DEPTH): readonly Violation[] {
  const leaves = leavesOf(schemas, set);
  return leaves.flatMap((leaf, index): readonly Violation[] => {
    if (leaf === true) return [];
    if (leaf === false) return [{ keyword: "false schema", schema: leaf, wanted: [], broken: [] }];
    const others = leaves.filter((_, at) => at !== index);
    const own = broken(leaf, set).map(({ keyword, without, excluded }): Violation => {
      const refused = set.not(excluded);
      return { keyword, schema: leaf, wanted: [...others, set.omit(leaf, without), refused], broken: [refused] };
    });
    return [...own, ...(depth === 0 ? [] : inBranches(leaf, others, set, depth))];
  });
}

/** The violations inside of `anyOf` and `oneOf`. The value must not satisfy another branch. */
function inBranches(leaf: SchemaObject, others: Conjunction, set: SchemaSet, depth: number): readonly Violation[] {
  return ["anyOf", "oneOf"].flatMap((keyword) => {
    const refused = set.not(set.pick(leaf, [keyword]));
    const rest = [...others, set.omit(leaf, [keyword]), refused];
    const inner = schemasOf(leaf, keyword).flatMap((branch) => violationsOf([branch], set, depth - 1));
    return inner.map((each) => ({ ...each, wanted: [...rest, ...each.wanted], broken: [refused, ...each.broken] }));
  });
}

/** Resolves `$ref` and `allOf`, so that each keyword can be left out on its own. */
export function leavesOf(schemas: Conjunction, set: SchemaSet, path: Conjunction = []): readonly Schema[] {
  return schemas.flatMap((schema) => {
    if (typeof schema === "boolean") return [schema];
    if (path.includes(schema)) return [];
    const inner = [
      ...schemasOf(schema, "allOf"),
      ...(Object.hasOwn(schema, "$ref") ? [set.target(schema["$ref"])] : []),
    ];
    // What a schema refers to decides what is unevaluated.
    const outer = inner.length === 0 || hasUnevaluated(schema) ? schema : set.omit(schema, ["allOf", "$ref"]);
    return [outer, ...leavesOf(inner, set, [...path, schema])];
  });
}

function hasUnevaluated(schema: SchemaObject): boolean {
  return "unevaluatedItems" in schema || "unevaluatedProperties" in schema;
}

interface Broken {
  readonly keyword: string;
  /** The keywords to leave out. */
  readonly without: readonly string[];
  /** The schema that a value must not satisfy. */
  readonly excluded: SchemaObject;
}

function broken(schema: SchemaObject, set: SchemaSet): readonly Broken[] {
  const found: Broken[] = [];
  for (const keyword of SIMPLE) {
    if (Object.hasOwn(schema, keyword))
      found.push({ keyword, without: [keyword], excluded: set.pick(schema, [keyword]) });
  }
  if (Object.hasOwn(schema, "if"))
    found.push({ keyword: "if", without: ["if"], excluded: set.pick(schema, ["if", "then", "else"]) });
  for (const name of textsOf(schema["required"])) {
    found.push({ keyword: "required", without: ["required"], excluded: set.of({ required: [name] }) });
  }
  for (const [name, names] of textMapOf(schema, "dependentRequired")) {
    for (const other of names) {
      const excluded = set.of({ dependentRequired: { [name]: [other] } });
      found.push({ keyword: "dependentRequired", without: ["dependentRequired"], excluded });
    }
  }
  if (Object.hasOwn(schema, "dependentSchemas")) {
    found.push({
      keyword: "dependentSchemas",
      without: ["dependentSchemas"],
      excluded: set.pick(schema, ["dependentSchemas"]),
    });
  }
  return [...found, ...brokenItems(schema, set), ...brokenProperties(schema, set)];
}

function brokenItems(schema: SchemaObject, set: SchemaSet): readonly Broken[] {
  const found: Broken[] = [];
  const contained = schemaOf(schema, "contains");
  if (contained !== undefined) {
    const without = ["contains", "minContains", "maxContains"];
    const keyword = Object.hasOwn(schema, "minContains") ? "minContains" : "contains";
    found.push({ keyword, without, excluded: set.pick(schema, ["contains", "minContains"]) });
    const maxContains = numberOf(schema, "maxContains");
    if (maxContains !== undefined) {
      found.push({
        keyword: "maxContains",
        without,
        excluded: set.of({ contains: contained, minContains: 0, maxContains }),
      });
    }
  }
  const prefix = schemasOf(schema, "prefixItems");
  if (schema["items"] === false && prefix.length > 0) {
    const excluded = set.of({ prefixItems: prefix.map(() => true), items: false });
    found.push({ keyword: "items", without: ["items"], excluded });
  }
  if (schema["unevaluatedItems"] === false) {
    found.push({ keyword: "unevaluatedItems", without: ["unevaluatedItems"], excluded: schema });
  }
  return found;
}

function brokenProperties(schema: SchemaObject, set: SchemaSet): readonly Broken[] {
  const found: Broken[] = [];
  if (schema["additionalProperties"] === false) {
    const neutral = (keyword: string) =>
      Object.fromEntries(schemaMapOf(schema, keyword).map(([name]) => [name, true] as const));
    const excluded = set.of({
      ...{ properties: neutral("properties"), patternProperties: neutral("patternProperties") },
      additionalProperties: false,
    });
    found.push({ keyword: "additionalProperties", without: ["additionalProperties"], excluded });
  }
  if (schema["unevaluatedProperties"] === false) {
    found.push({ keyword: "unevaluatedProperties", without: ["unevaluatedProperties"], excluded: schema });
  }
  return found;
}
