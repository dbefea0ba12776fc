import type { SchemaSet } from "../schema/schema-set.ts";
import type { Conjunction, ContainsRule, Shape } from "../schema/shape.ts";
import { itemSchemas, prefixLength } from "../schema/shape-children.ts";
import type { ArrayPlan } from "./plan.ts";

type IsSatisfiable = (schemas: Conjunction) => boolean;

/** More ways than this to distribute the items that `contains` demands do not make the values more diverse. */
const MAX_PLANS = 8;
const MAX_PREFIX = 200;

/** Returns the ways to build the arrays of a shape. */
export function planArrays(shape: Shape, set: SchemaSet, isSatisfiable: IsSatisfiable): readonly ArrayPlan[] {
  const length = Math.min(prefixLength(shape), MAX_PREFIX);
  const prefix = Array.from({ length }, (_, index) => itemSchemas(shape, index));
  const { minItems: min, isUnique } = shape;
  const base: ArrayPlan = {
    ...{ kind: "array", min, max: shape.maxItems, isUnique, prefix, rest: itemSchemas(shape, length), slots: [] },
  };
  const rules = shape.contains.filter((rule) => rule.min > 0 || rule.max < Infinity);
  let plans: readonly ArrayPlan[] = [base];
  for (const rule of rules) plans = plans.flatMap((plan) => placed(plan, rule, set, isSatisfiable)).slice(0, MAX_PLANS);
  if (rules.length > 1) plans = plans.flatMap((plan) => [plan, ...shared(plan)]).slice(0, MAX_PLANS);
  return shape.hasDuplicate ? plans.flatMap((plan) => withCopy(plan, isSatisfiable)) : plans;
}

/** Distributes the items that a rule demands and limits. */
function placed(
  plan: ArrayPlan,
  rule: ContainsRule,
  set: SchemaSet,
  isSatisfiable: IsSatisfiable,
): readonly ArrayPlan[] {
  if (rule.min > rule.max) return [];
  const excluded = rule.max < Infinity ? [set.not(rule.schema)] : [];
  const { length } = plan.prefix;
  const without = (schemas: Conjunction, index: number) => (index < rule.from ? schemas : [...schemas, ...excluded]);
  const plans: ArrayPlan[] = [];
  const matching = [...plan.rest, rule.schema];
  const slot = { schemas: matching, min: rule.min, max: rule.max };
  if (isSatisfiable(matching) && plan.max >= length + rule.min) {
    const slots = rule.max > 0 ? [...plan.slots, slot] : plan.slots;
    plans.push({ ...plan, prefix: plan.prefix.map(without), rest: [...plan.rest, ...excluded], slots });
  } else if (rule.min === 0) {
    plans.push({ ...plan, prefix: plan.prefix.map(without), rest: [...plan.rest, ...excluded] });
  }
  const able = plan.prefix.flatMap((schemas, index) =>
    index >= rule.from && isSatisfiable([...schemas, rule.schema]) ? [index] : [],
  );
  for (const count of new Set([Math.max(rule.min, 1), Math.min(rule.max, able.length)])) {
    if (count < rule.min || count > rule.max || count > able.length) continue;
    for (const chosen of combinations(able, count)) {
      const prefix = plan.prefix.map((schemas, index) =>
        chosen.includes(index) ? [...schemas, rule.schema] : without(schemas, index),
      );
      plans.push({
        ...plan,
        min: Math.max(plan.min, Math.max(...chosen) + 1),
        prefix,
        rest: [...plan.rest, ...excluded],
      });
    }
  }
  return plans.slice(0, MAX_PLANS);
}

function combinations(items: readonly number[], count: number): readonly (readonly number[])[] {
  if (count === 0) return [[]];
  return items
    .flatMap((item, index) => combinations(items.slice(index + 1), count - 1).map((rest) => [item, ...rest]))
    .slice(0, MAX_PLANS);
}

/** Lets the same items satisfy several rules. */
function shared(plan: ArrayPlan): readonly ArrayPlan[] {
  if (plan.slots.length < 2) return [];
  const schemas = [...new Set(plan.slots.flatMap((slot) => slot.schemas))];
  const min = Math.max(...plan.slots.map((slot) => slot.min));
  const max = Math.min(...plan.slots.map((slot) => slot.max));
  return min <= max ? [{ ...plan, slots: [{ schemas, min, max }] }] : [];
}

function withCopy(plan: ArrayPlan, isSatisfiable: IsSatisfiable): readonly ArrayPlan[] {
  const { length } = plan.prefix;
  const at = (index: number) => plan.prefix[index] ?? plan.rest;
  const pairs = Array.from({ length: length + 2 }, (_, to) => to).flatMap((to) =>
    Array.from({ length: to }, (_, from) => [from, to] as const),
  );
  return pairs
    .filter(([from, to]) => to < plan.max && isSatisfiable([...at(from), ...at(to)]))
    .slice(-3)
    .map((copy) => {
      const [from, to] = copy;
      const prefix = Array.from({ length: Math.max(length, to + 1) }, (_, index) =>
        index === from ? [...at(from), ...at(to)] : at(index),
      );
      return { ...plan, prefix, min: Math.max(plan.min, to + 1), isUnique: false, copy };
    });
}
