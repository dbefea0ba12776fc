import { canonicalText, type JsonValue, jsonTypeOf } from "../json.ts";
import type { Expander } from "../schema/expand.ts";
import type { SchemaSet } from "../schema/schema-set.ts";
import type { Conjunction, Shape } from "../schema/shape.ts";
import type { Validity } from "../schema/validity.ts";
import { fewIntegers } from "./number-arbitrary.ts";
import type { Plan } from "./plan.ts";
import { planArrays } from "./plan-array.ts";
import { mentionsInheritedNames, planObjects } from "./plan-object.ts";

export interface PlannerOptions {
  readonly set: SchemaSet;
  readonly expander: Expander;
  readonly validity: Validity;
  readonly exampleName: (names: Conjunction, reserved: ReadonlySet<string>) => string | undefined;
}

/** Finds out how to build the values of conjunctions, and how deep the shallowest of them are. */
export class Planner {
  readonly #options: PlannerOptions;
  readonly #plans = new Map<string, readonly Plan[]>();
  readonly #heights = new Map<string, number>();
  readonly #cyclic = new Map<string, boolean>();
  readonly #planning = new Set<string>();

  constructor(options: PlannerOptions) {
    this.#options = options;
  }

  plansOf(schemas: Conjunction): readonly Plan[] {
    const key = this.keyOf(schemas);
    let plans = this.#plans.get(key);
    if (plans === undefined) {
      this.#planning.add(key);
      plans = withoutRepetition(this.#options.expander.expand(schemas).flatMap((shape) => this.#plan(shape, schemas)));
      this.#planning.delete(key);
      this.#plans.set(key, plans);
    }
    return plans;
  }

  keyOf(schemas: Conjunction): string {
    return this.#options.set.keyOf(schemas);
  }

  /** The nesting of the shallowest value. Infinite if there is no value. */
  heightOf(schemas: Conjunction): number {
    const known = this.#heights.get(this.keyOf(schemas));
    if (known !== undefined) return known;
    const found = new Map<string, Conjunction>();
    this.#collect(schemas, found);
    for (const key of found.keys()) if (!this.#heights.has(key)) this.#heights.set(key, Infinity);
    for (let changed = true; changed; ) {
      changed = false;
      for (const [key, each] of found) {
        const height = Math.min(...this.plansOf(each).map((plan) => this.planHeight(plan)));
        if (height >= (this.#heights.get(key) ?? Infinity)) continue;
        this.#heights.set(key, height);
        changed = true;
      }
    }
    return this.#heights.get(this.keyOf(schemas)) ?? Infinity;
  }

  planHeight(plan: Plan): number {
    if (plan.kind === "array") return this.#arrayHeight(plan);
    return plan.kind === "object" ? this.#objectHeight(plan) : 0;
  }

  /** Whether values can contain values of the same conjunction. */
  isRecursive(schemas: Conjunction): boolean {
    const key = this.keyOf(schemas);
    let isCyclic = this.#cyclic.get(key);
    if (isCyclic === undefined) {
      const found = new Map<string, Conjunction>();
      for (const plan of this.plansOf(schemas)) for (const child of children(plan)) this.#collect(child, found);
      isCyclic = found.has(key);
      this.#cyclic.set(key, isCyclic);
    }
    return isCyclic;
  }

  /** Finds everything that values of a conjunction can contain. */
  #collect(schemas: Conjunction, found: Map<string, Conjunction>): void {
    const key = this.keyOf(schemas);
    if (found.has(key)) return;
    found.set(key, schemas);
    if (key === "") return;
    for (const plan of this.plansOf(schemas)) for (const child of children(plan)) this.#collect(child, found);
  }

  #arrayHeight(plan: Plan & { kind: "array" }): number {
    const slots = plan.slots.filter(({ min }) => min > 0);
    const inSlots = slots.reduce((sum, { min }) => sum + min, 0);
    const fixed = inSlots > 0 ? plan.prefix.length : Math.min(plan.prefix.length, plan.min);
    const items = [...plan.prefix.slice(0, fixed), ...slots.map(({ schemas }) => schemas)];
    if (fixed + inSlots > plan.max) return Infinity;
    if (plan.min > fixed + inSlots) {
      const more = [plan.rest, ...plan.slots.filter(({ max }) => max > 0).map(({ schemas }) => schemas)];
      return (
        1 + Math.max(0, Math.min(...more.map((each) => this.#known(each))), ...items.map((each) => this.#known(each)))
      );
    }
    return 1 + Math.max(0, ...items.map((each) => this.#known(each)));
  }

  #objectHeight(plan: Plan & { kind: "object" }): number {
    const present = [...plan.required, ...plan.forced].map(({ schemas }) => this.#known(schemas));
    if (present.length > plan.max) return Infinity;
    const missing = plan.min - present.length;
    if (missing > 0) {
      const optional = plan.optional.map(({ schemas }) => this.#known(schemas));
      const cheapest = Math.min(Infinity, ...plan.sources.map(({ schemas }) => this.#known(schemas)));
      const more = [...optional, ...Array.from({ length: missing }, () => cheapest)].sort((one, other) => one - other);
      present.push(...more.slice(0, missing));
    }
    return 1 + Math.max(0, ...present);
  }

  #mayHavePlans(schemas: Conjunction): boolean {
    return this.#planning.has(this.keyOf(schemas)) || this.plansOf(schemas).length > 0;
  }

  /** The height of a conjunction that is being determined, or of a known one. */
  #known(schemas: Conjunction): number {
    const key = this.keyOf(schemas);
    if (key === "") return 0;
    return this.#heights.get(key) ?? this.heightOf(schemas);
  }

  #plan(shape: Shape, schemas: Conjunction): readonly Plan[] {
    const { set, validity, exampleName } = this.#options;
    const accepts = (value: JsonValue) => validity.accepts(schemas, value);
    const valuesPlan = (values: readonly JsonValue[]): readonly Plan[] => {
      const distinct = [...new Map(values.map((value) => [canonicalText(value), value])).values()];
      const valid = distinct.filter((value) => shape.types.has(jsonTypeOf(value))).filter(accepts);
      return valid.length === 0 ? [] : [{ kind: "values", values: valid }];
    };
    if (shape.values !== undefined) return valuesPlan(shape.values);
    const isInexact = shape.isInexact || shape.excluded.length > 0;
    const check = isInexact ? { check: schemas } : {};
    const plans: Plan[] = [];
    for (const type of shape.types) {
      if (type === "null") plans.push(...scalars([null], shape, isInexact ? accepts : undefined));
      else if (type === "boolean") plans.push(...scalars([true, false], shape, isInexact ? accepts : undefined));
      else if (type === "number") {
        const few = fewIntegers(shape);
        if (few === undefined) plans.push({ kind: "number", shape, ...check });
        else plans.push(...scalars(few, shape, isInexact ? accepts : undefined));
      } else if (type === "string") plans.push({ kind: "string", shape, ...check });
      else if (type === "array") {
        const found = planArrays(shape, set, (each) => this.#mayHavePlans(each));
        const hasLimits =
          shape.contains.length > 1 || shape.hasDuplicate || (shape.isUnique && shape.contains.length > 0);
        plans.push(...found.map((plan) => ({ ...plan, ...(isInexact || hasLimits ? { check: schemas } : {}) })));
      } else {
        const names = (each: Conjunction, name: string) => validity.accepts(each, name);
        for (const plan of planObjects(shape, { set, accepts: names, exampleName })) {
          plans.push({ ...plan, ...(isInexact || mentionsInheritedNames(plan) ? { check: schemas } : {}) });
        }
      }
    }
    return plans;
  }
}

function scalars(values: readonly JsonValue[], shape: Shape, accepts?: (value: JsonValue) => boolean): readonly Plan[] {
  const possible = values.filter(
    (value) => !shape.excluded.includes(canonicalText(value)) && (accepts?.(value) ?? true),
  );
  return possible.length === 0 ? [] : [{ kind: "values", values: possible }];
}

function children(plan: Plan): readonly Conjunction[] {
  if (plan.kind === "array") return [...plan.prefix, plan.rest, ...plan.slots.map(({ schemas }) => schemas)];
  if (plan.kind !== "object") return [];
  return [...plan.required, ...plan.optional, ...plan.sources, ...plan.forced].map(({ schemas }) => schemas);
}

/** Shapes that differ only in what concerns another type lead to the same plans. */
function withoutRepetition(plans: readonly Plan[]): readonly Plan[] {
  const values = new Map<string, JsonValue>();
  for (const plan of plans) {
    if (plan.kind === "values") for (const value of plan.values) values.set(canonicalText(value), value);
  }
  const others = plans.filter((plan) => plan.kind !== "values");
  return values.size === 0 ? others : [{ kind: "values", values: [...values.values()] }, ...others];
}
