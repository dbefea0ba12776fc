import { isDeepStrictEqual } from "node:util";
import { comparePatterns } from "./compare-patterns.ts";
import { isNode, valueAt } from "./contract-nodes.ts";
import { type ChangeInContext, containerOf, keyOf } from "./reported-change.ts";

/** What a change of a schema does to the set of values that the schema allows. */
export type SchemaEffect = "narrower" | "wider" | "unknown" | "same";

const CONTAINERS = new Set([
  "OneOf",
  "AnyOf",
  "AllOf",
  "PatternProperties",
  "SchemaList",
  "SchemaMap",
  "DependentRequired",
]);
/** A schema in one of these places is a condition in addition to the others. */
const CONDITIONS = new Set([
  "schema",
  "allOf",
  "patternProperties",
  "prefixItems",
  "dependentSchemas",
  "not",
  "if",
  "then",
  "else",
  "contains",
  "propertyNames",
]);
/** Keywords that are `false`, a schema, or absent: nothing, something or everything is allowed. */
const REMAINDERS = new Set(["additionalProperties", "unevaluatedProperties", "items", "unevaluatedItems"]);
/** Formats whose values all have another format, too. */
const WIDER_FORMATS: Record<string, string> = {
  int32: "int64",
  float: "double",
  uri: "uri-reference",
  email: "idn-email",
  hostname: "idn-hostname",
};

/**
 * Returns the effect of a change that the rules of `redocly diff` do not rate, or rate without comparing the values. Returns
 * `undefined` for all others.
 */
export function schemaEffect(change: ChangeInContext): SchemaEffect | undefined {
  const { kind, property = "", typeName } = change;
  const key = keyOf(change);
  const container = containerOf(change);
  if (key === "$defs" || (container === "$defs" && (kind !== "modified" || property === "key"))) return "same";
  // The key of a condition says what it applies to: a pattern or a property.
  if (property === "key" && (container === "patternProperties" || container === "dependentSchemas")) return "unknown";
  if (typeName === "DependentRequired" && kind === "modified") return effectOfDependentRequired(change);
  if (kind === "modified") return typeName === "Schema" ? effectOfKeyword(change, property) : undefined;
  const part = /^(.*)\/(patternProperties|prefixItems)(?:\/[^/]+)?$/.exec(
    (change.base ?? change.revision)?.pointer ?? "",
  );
  if (part !== null)
    return effectOfPart(change, part[1] ?? "", part[2] === "prefixItems" ? "items" : "additionalProperties");
  if (CONTAINERS.has(typeName)) return kind === "added" ? "narrower" : "wider";
  if (typeName !== "Schema" || container === "properties") return undefined;
  if (REMAINDERS.has(key)) return effectOfRemainder(change, key);
  if (container === "oneOf" || container === "anyOf") return kind === "added" ? "wider" : "narrower";
  if (CONDITIONS.has(key) || CONDITIONS.has(container)) return kind === "added" ? "narrower" : "wider";
  return undefined;
}

function effectOfKeyword(change: ChangeInContext, keyword: string): SchemaEffect | undefined {
  const before = change.base?.value;
  const after = change.revision?.value;
  // `not` and `if` reverse the effect of what they contain.
  if (/\/(?:not|if)(?:\/|$)/.test(change.path)) return "unknown";
  if (REMAINDERS.has(keyword)) return effectOfRemainder(change, keyword);
  if (keyword === "minContains") return effectOfBound(Number(before ?? 1) - Number(after ?? 1));
  if (keyword === "maxContains") return effectOfBound(Number(after ?? Infinity) - Number(before ?? Infinity));
  if (keyword === "pattern" && typeof before === "string" && typeof after === "string")
    return ({ fewer: "narrower", more: "wider", same: "same", unknown: "unknown" } as const)[
      comparePatterns(before, after)
    ];
  if (keyword === "multipleOf" && typeof before === "number" && typeof after === "number") {
    if (after % before === 0) return "narrower";
    return before % after === 0 ? "wider" : "unknown";
  }
  if (keyword === "format" && typeof before === "string" && typeof after === "string") {
    if (WIDER_FORMATS[before] === after) return "wider";
    return WIDER_FORMATS[after] === before ? "narrower" : "unknown";
  }
  return undefined;
}

/** A higher bound allows more if it is an upper one. */
function effectOfBound(difference: number): SchemaEffect {
  return difference > 0 ? "wider" : "narrower";
}

function effectOfDependentRequired({ base, revision }: ChangeInContext): SchemaEffect {
  const [before, after] = [base?.value, revision?.value].map((names): unknown[] => (Array.isArray(names) ? names : []));
  const keeps = (names: readonly unknown[] = [], others: readonly unknown[] = []) =>
    names.every((name) => others.includes(name));
  if (keeps(before, after)) return "narrower";
  return keeps(after, before) ? "wider" : "unknown";
}

/** A schema for some properties or items, which the schema for the rest applies to otherwise. */
function effectOfPart(change: ChangeInContext, owner: string, remainder: string): SchemaEffect {
  const [before, after] = [change.before, change.after].map((document) => valueAt(document, `${owner}/${remainder}`));
  if (before === undefined && after === undefined) return change.kind === "added" ? "narrower" : "wider";
  if (before === false && after === false) return change.kind === "added" ? "wider" : "narrower";
  const part = valueAt(
    change.kind === "added" ? change.after : change.before,
    (change.revision ?? change.base)?.pointer ?? "",
  );
  return isDeepStrictEqual(before, after) && isDeepStrictEqual(before, part) ? "same" : "unknown";
}

function effectOfRemainder(change: ChangeInContext, keyword: string): SchemaEffect {
  const parentOf = (side: "base" | "revision") => {
    const pointer = change[side]?.pointer;
    if (pointer === undefined) return undefined;
    return pointer.endsWith(`/${keyword}`) ? pointer.slice(0, -keyword.length - 1) : pointer;
  };
  const [base, revision] = [parentOf("base"), parentOf("revision")];
  const before = base ?? revision ?? "";
  const after = revision ?? base ?? "";
  const difference =
    allowance(valueAt(change.after, `${after}/${keyword}`)) - allowance(valueAt(change.before, `${before}/${keyword}`));
  if (difference === 0) return "unknown";
  return difference > 0 ? "wider" : "narrower";
}

function allowance(value: unknown): number {
  if (value === false) return 0;
  return isNode(value) ? 1 : 2;
}
