import type { Schema } from "./load-schema.ts";
import type { SchemaSet } from "./schema-set.ts";
import type { Conjunction, ItemRules, PropertyRules, Shape } from "./shape.ts";

/** Returns the schemas that the value of a property must satisfy. */
export function childSchemas(shape: Shape, name: string): Conjunction {
  return shape.properties.flatMap((rules) => {
    if (rules.unless?.some((other) => covers(other, name))) return [];
    const schemas = rules.patterns.filter(({ expression }) => expression.test(name)).map(({ schema }) => schema);
    const own = rules.properties.get(name);
    if (own !== undefined) schemas.push(own);
    if (schemas.length === 0 && rules.additional !== undefined) schemas.push(rules.additional);
    return schemas;
  });
}

function covers(rules: PropertyRules, name: string): boolean {
  if (rules.unless !== undefined || rules.additional !== undefined || rules.properties.has(name)) return true;
  return rules.patterns.some(({ expression }) => expression.test(name));
}

/** Returns the schemas that the item with an index must satisfy. */
export function itemSchemas(shape: Shape, index: number): Conjunction {
  return shape.items.flatMap((rules) => {
    if (rules.unless?.some((other) => coversItem(other, index))) return [];
    const schema = rules.prefix[index] ?? rules.rest;
    return schema === undefined ? [] : [schema];
  });
}

function coversItem(rules: ItemRules, index: number): boolean {
  return index < rules.prefix.length || rules.rest !== undefined;
}

/** The number of items that have schemas of their own. */
export function prefixLength(shape: Shape): number {
  const rules = shape.items.flatMap((each) => [each, ...(each.unless ?? [])]);
  return Math.max(0, ...rules.map(({ prefix }) => prefix.length));
}

/** Turns `unevaluatedItems` and `unevaluatedProperties` into rules, which is possible once all branches are chosen. */
export function completed(shape: Shape, set: SchemaSet): Shape {
  for (const { scope, schema } of shape.unevaluatedProperties) {
    const unless = shape.properties.filter(({ scopes }) => scopes.includes(scope));
    const scopes = shape.unevaluatedProperties.filter((other) => other.scope !== scope).map((other) => other.scope);
    const rules = { properties: new Map<string, Schema>(), patterns: [], additional: schema, scopes, unless };
    shape.properties = [...shape.properties, rules];
  }
  for (const { scope, schema } of shape.unevaluatedItems) {
    const unless = shape.items.filter(({ scopes }) => scopes.includes(scope));
    // Ajv does not take items for evaluated that `contains` accepts in any case.
    const contained = shape.contains
      .filter(
        ({ schema: each, scopes }) =>
          scopes.includes(scope) && typeof each === "object" && Object.keys(each).length > 0,
      )
      .map((rule) => rule.schema);
    const rest = contained.length === 0 ? schema : set.anyOf([schema, ...contained]);
    shape.items = [...shape.items, { prefix: [], rest, scopes: [], unless }];
  }
  return shape;
}
