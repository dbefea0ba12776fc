import { isInheritedName } from "../json.ts";
import type { SchemaSet } from "../schema/schema-set.ts";
import type { Conjunction, ExistsRule, PropertyRules, Shape } from "../schema/shape.ts";
import { childSchemas } from "../schema/shape-children.ts";
import type { ObjectPlan, Property, PropertySource } from "./plan.ts";

export interface ObjectPlanning {
  readonly set: SchemaSet;
  readonly accepts: (schemas: Conjunction, name: string) => boolean;
  /** Returns a name that satisfies the schemas and is not reserved, or undefined. */
  readonly exampleName: (names: Conjunction, reserved: ReadonlySet<string>) => string | undefined;
}

const MAX_PLANS = 12;

/** Returns the ways to build the objects of a shape. */
export function planObjects(shape: Shape, planning: ObjectPlanning): readonly ObjectPlan[] {
  const rules = shape.properties.flatMap((each) => [each, ...(each.unless ?? [])]);
  const declared = new Set([...shape.required, ...rules.flatMap(({ properties }) => [...properties.keys()])]);
  const reserved = new Set([...declared, ...shape.forbidden]);
  const property = (name: string): Property => ({ name, schemas: childSchemas(shape, name) });
  const isAllowed = (name: string) =>
    !shape.forbidden.has(name) && (shape.names.length === 0 || planning.accepts(shape.names, name));
  const names = [...declared];
  if (names.some((name) => shape.required.has(name) && !isAllowed(name))) return [];
  const allowed = names.filter(isAllowed);
  const plan: ObjectPlan = {
    kind: "object",
    min: shape.minProperties,
    max: shape.maxProperties,
    required: allowed.filter((name) => shape.required.has(name)).map(property),
    optional: allowed.filter((name) => !shape.required.has(name)).map(property),
    sources: sourcesOf(shape, rules, reserved, planning),
    forced: [],
    reserved,
  };
  let plans: readonly ObjectPlan[] = [plan];
  for (const rule of shape.exists)
    plans = plans.flatMap((each) => withProperty(each, rule, planning)).slice(0, MAX_PLANS);
  return plans;
}

/** Groups the names that are not declared by the patterns that match them. */
function sourcesOf(
  shape: Shape,
  rules: readonly PropertyRules[],
  reserved: ReadonlySet<string>,
  { set, exampleName }: ObjectPlanning,
): readonly PropertySource[] {
  const patterns = [...new Set(rules.flatMap((each) => each.patterns.map(({ pattern }) => pattern)))];
  const base = [...shape.names, set.of({ type: "string" })];
  const groups = patterns.length <= 4 ? subsets(patterns) : [[], ...patterns.map((pattern) => [pattern])];
  return groups.flatMap((matching) => {
    const matched = matching.map((pattern) => set.of({ pattern }));
    const others = patterns.filter((pattern) => !matching.includes(pattern));
    const names = [...base, ...matched, ...others.map((pattern) => set.not(set.of({ pattern })))];
    const example = exampleName(names, reserved);
    return example === undefined ? [] : [{ names, schemas: childSchemas(shape, example) }];
  });
}

function subsets(patterns: readonly string[]): readonly (readonly string[])[] {
  let all: readonly (readonly string[])[] = [[]];
  for (const pattern of patterns) all = [...all, ...all.map((subset) => [...subset, pattern])];
  return all;
}

/** Ensures that a property exists whose name and value satisfy a rule. */
function withProperty(
  plan: ObjectPlan,
  rule: ExistsRule,
  { accepts, exampleName }: ObjectPlanning,
): readonly ObjectPlan[] {
  const matches = ({ name }: Property) => accepts(rule.names, name);
  const constrained = (property: Property): Property => ({ ...property, schemas: [...property.schemas, rule.value] });
  const known = plan.required.filter(matches).map((chosen) => ({
    ...plan,
    required: plan.required.map((each) => (each === chosen ? constrained(each) : each)),
  }));
  const optional = plan.optional.filter(matches).map((chosen) => ({
    ...plan,
    required: [...plan.required, constrained(chosen)],
    optional: plan.optional.filter((each) => each !== chosen),
  }));
  const others = plan.sources.flatMap((source) => {
    const names = [...source.names, ...rule.names];
    if (exampleName(names, plan.reserved) === undefined) return [];
    const forced = [...plan.forced, { names, schemas: [...source.schemas, rule.value] }];
    return [{ ...plan, forced }];
  });
  return [...others, ...known, ...optional];
}

/** Whether validators may disagree about a plan, because some of them take inherited properties for properties. */
export function mentionsInheritedNames(plan: ObjectPlan): boolean {
  return [...plan.reserved].some(isInheritedName);
}
