import fc from "fast-check";
import type { JsonValue } from "../json.ts";
import { Expander } from "../schema/expand.ts";
import type { LoadedSchema } from "../schema/load-schema.ts";
import { SchemaSet } from "../schema/schema-set.ts";
import type { Conjunction } from "../schema/shape.ts";
import { isCalledName, Validity } from "../schema/validity.ts";
import { SchemaError } from "../schema-error.ts";
import { textArbitrary } from "../text/text-arbitrary.ts";
import { arrayArbitrary, type ItemParts } from "./array-arbitrary.ts";
import { checked, findSample } from "./checked.ts";
import { numberArbitrary } from "./number-arbitrary.ts";
import { type ObjectParts, objectArbitrary } from "./object-arbitrary.ts";
import type { ArrayPlan, ObjectPlan, Plan, PropertySource } from "./plan.ts";
import { Planner } from "./planner.ts";

/** Builds the smallest values only. */
export const MINIMAL = 0;

/** The most values that are enumerated to choose distinct ones. */
const FEW = 300;

/** Builds arbitraries of the values of conjunctions, each of them only once. */
export class Generator {
  readonly set: SchemaSet;
  readonly validity: Validity;
  readonly planner: Planner;
  readonly #maxDepth: number;
  readonly #known = new Map<string, fc.Arbitrary<JsonValue> | undefined>();

  constructor(loaded: LoadedSchema, maxDepth: number) {
    this.#maxDepth = maxDepth;
    this.set = new SchemaSet(loaded);
    this.validity = new Validity(loaded);
    this.planner = new Planner({
      set: this.set,
      expander: new Expander(this.set),
      validity: this.validity,
      exampleName: (names, reserved) => this.#exampleName(names, reserved),
    });
  }

  /**
   * Returns an arbitrary of the values that satisfy all schemas, or undefined if there are none.
   *
   * @param depth how often a recursive schema may still be nested; {@link MINIMAL} for the smallest values
   */
  arbitrary(schemas: Conjunction, depth = this.#maxDepth): fc.Arbitrary<JsonValue> | undefined {
    const key = `${depth} ${this.planner.keyOf(schemas)}`;
    if (!this.#known.has(key)) this.#known.set(key, this.#build(schemas, depth));
    return this.#known.get(key);
  }

  #build(schemas: Conjunction, depth: number): fc.Arbitrary<JsonValue> | undefined {
    if (this.planner.keyOf(schemas) === "") return anyValue(depth);
    const height = this.planner.heightOf(schemas);
    const failure = () => this.unsatisfiable(schemas);
    if (height === Infinity) return undefined;
    const inside = depth !== MINIMAL && this.planner.isRecursive(schemas) ? depth - 1 : depth;
    const arbitraries = this.planner.plansOf(schemas).flatMap((plan) => {
      const planHeight = this.planner.planHeight(plan);
      if (depth === MINIMAL ? planHeight > height : planHeight === Infinity) return [];
      const built = this.#buildPlan(plan, inside, inside < depth, failure);
      if (built === undefined || !("check" in plan) || plan.check === undefined) return built ?? [];
      const { check } = plan;
      const accepts = (value: JsonValue) => this.validity.accepts(check, value);
      return checked(built, accepts) ?? [];
    });
    const [only, ...others] = arbitraries;
    return only === undefined || others.length === 0 ? only : fc.oneof(...arbitraries);
  }

  unsatisfiable(schemas: Conjunction): SchemaError {
    const pointer = this.set.pointerOf(schemas[0]);
    return new SchemaError("unsatisfiable", "", pointer, "No value satisfies the schema, or none was found.");
  }

  #buildPlan(plan: Plan, depth: number, isNested: boolean, failure: () => Error): fc.Arbitrary<JsonValue> | undefined {
    if (plan.kind === "values") return fc.constantFrom(...plan.values).map((value) => structuredClone(value));
    if (plan.kind === "number") return numberArbitrary(plan.shape);
    if (plan.kind === "string") return textArbitrary(plan.shape);
    if (plan.kind === "array") return this.#buildArray(plan, depth, isNested, failure);
    return this.#buildObject(plan, depth, isNested, failure);
  }

  #buildArray(
    plan: ArrayPlan,
    depth: number,
    isNested: boolean,
    failure: () => Error,
  ): fc.Arbitrary<JsonValue> | undefined {
    const isMinimal = depth === MINIMAL;
    const demanded = plan.slots.reduce((sum, { min }) => sum + min, 0);
    const isPrefixOnly = isMinimal && demanded === 0 && plan.min <= plan.prefix.length;
    const prefix: fc.Arbitrary<JsonValue>[] = [];
    for (const schemas of isPrefixOnly ? plan.prefix.slice(0, plan.min) : plan.prefix) {
      const item = this.arbitrary(schemas, depth);
      if (item === undefined) break;
      prefix.push(item);
    }
    const isCut = prefix.length < plan.prefix.length || isPrefixOnly;
    const slots = plan.slots.flatMap((slot) => {
      const item = isCut || (isMinimal && slot.min === 0) ? undefined : this.#items(slot.schemas, depth);
      return item === undefined ? [] : { ...item, min: slot.min, max: slot.max };
    });
    if (slots.length < plan.slots.filter(({ min }) => min > 0).length) return undefined;
    if (isCut && (plan.copy?.[1] ?? -1) >= prefix.length) return undefined;
    const parts = {
      ...{
        min: plan.min,
        max: isCut ? Math.min(plan.max, prefix.length) : plan.max,
        isUnique: plan.isUnique,
        prefix,
        slots,
      },
      rest: isCut ? undefined : this.#items(plan.rest, depth),
      isMinimal,
      ...(plan.copy !== undefined && { copy: plan.copy }),
      maxOthers: isNested ? 3 : undefined,
      failure,
    };
    return arrayArbitrary(parts);
  }

  #items(schemas: Conjunction, depth: number): ItemParts | undefined {
    const item = this.arbitrary(schemas, depth);
    return item && { item, values: this.fewValues(schemas) };
  }

  /** All values of a conjunction, if they are few scalars or given by `enum`. */
  fewValues(schemas: Conjunction): readonly JsonValue[] | undefined {
    const plans = this.planner.plansOf(schemas);
    const values = plans.flatMap((plan) => (plan.kind === "values" ? plan.values : []));
    return plans.every(({ kind }) => kind === "values") && values.length <= FEW ? values : undefined;
  }

  #buildObject(
    plan: ObjectPlan,
    depth: number,
    isNested: boolean,
    failure: () => Error,
  ): fc.Arbitrary<JsonValue> | undefined {
    const required: [string, fc.Arbitrary<JsonValue>][] = [];
    for (const { name, schemas } of plan.required) {
      const value = this.arbitrary(schemas, depth);
      if (value === undefined) return undefined;
      required.push([name, value]);
    }
    const forced = plan.forced.flatMap((source) => this.#entries(source, plan.reserved, depth) ?? []);
    if (forced.length < plan.forced.length) return undefined;
    const isMinimal = depth === MINIMAL;
    const needsMore = plan.min > required.length + forced.length;
    const isOpen = !isMinimal || needsMore;
    const optional = plan.optional.flatMap(({ name, schemas }): [string, fc.Arbitrary<JsonValue>][] => {
      const value = isOpen ? this.arbitrary(schemas, depth) : undefined;
      return value === undefined ? [] : [[name, value]];
    });
    const sources = isOpen ? plan.sources.flatMap((source) => this.#entries(source, plan.reserved, depth) ?? []) : [];
    const isDictionary = plan.required.length === 0 && plan.optional.length === 0;
    const maxOthers = isDictionary && !isNested ? undefined : 2;
    const parts: ObjectParts = {
      min: plan.min,
      max: plan.max,
      required,
      optional,
      sources,
      forced,
      isMinimal,
      maxOthers,
    };
    return objectArbitrary(parts, failure);
  }

  #entries(
    source: PropertySource,
    reserved: ReadonlySet<string>,
    depth: number,
  ): fc.Arbitrary<[string, JsonValue]> | undefined {
    const value = this.arbitrary(source.schemas, depth);
    const names = value && this.names(source.names, reserved);
    return value && names && fc.tuple(names, value);
  }

  /** Returns an arbitrary of the names that satisfy the schemas and are not reserved, or undefined if there are none. */
  names(names: Conjunction, reserved: ReadonlySet<string>): fc.Arbitrary<string> | undefined {
    const texts = this.arbitrary(names)?.map(String);
    if (texts === undefined) return undefined;
    const accepts = (name: string) => !reserved.has(name) && this.validity.agreesOn(name);
    const few = this.fewValues(names)?.map(String).filter(accepts);
    if (few !== undefined) return few.length === 0 ? undefined : fc.constantFrom(...few);
    return checked(texts, accepts);
  }

  #exampleName(names: Conjunction, reserved: ReadonlySet<string>): string | undefined {
    const few = this.fewValues(names)?.map(String);
    if (few !== undefined) return few.find((name) => !reserved.has(name));
    const texts = this.arbitrary(names);
    if (texts === undefined) return undefined;
    return findSample(texts.map(String), (name) => !reserved.has(name))?.value;
  }
}

function anyValue(depth: number): fc.Arbitrary<JsonValue> {
  if (depth === MINIMAL) return fc.constant(null);
  return fc.jsonValue({ maxDepth: 1 }).map(normalized);
}

/** Removes what JSON or validators cannot cope with: negative zeros, and properties that hide methods. */
function normalized(value: unknown): JsonValue {
  const text = JSON.stringify(value);
  const hasMethod = text.includes("toString") || text.includes("valueOf");
  return JSON.parse(text, hasMethod ? withoutMethods : undefined);
}

function withoutMethods(name: string, value: unknown): unknown {
  return isCalledName(name) ? undefined : value;
}
