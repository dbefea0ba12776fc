import fc from "fast-check";
import { isJsonObject, type JsonValue, setProperty } from "../json.ts";
import { escapedToken } from "../json-pointer.ts";
import type { Conjunction } from "../schema/shape.ts";
import type { Generator } from "../valid/generator.ts";
import type { ArrayPlan, ObjectPlan } from "../valid/plan.ts";

/** A valid value, and the path to a part of it that can be replaced. */
interface Context {
  readonly root: JsonValue;
  readonly path: readonly (string | number)[];
}

/** A part of the values of a schema. */
export interface Place {
  /** What the part must satisfy. */
  readonly schemas: Conjunction;
  /** Valid values that have the part, or that lack only it. */
  readonly contexts: fc.Arbitrary<Context>;
}

const MAX_PLACES = 300;

/**
 * Returns the parts of the values of a schema, the whole first. A schema that contains itself is visited once on each path.
 *
 * @param depth how large the valid values around a part are
 */
export function placesOf(generator: Generator, schemas: Conjunction, depth: number | undefined): readonly Place[] {
  const whole = {
    schemas,
    contexts: fc.constant<Context>({ root: null, path: [] }),
    keys: [generator.planner.keyOf(schemas)],
  };
  const places = [whole];
  for (const place of places) {
    const parts = place.schemas.length === 0 ? [] : partsOf(generator, place, depth);
    for (const part of parts) {
      const key = generator.planner.keyOf(part.schemas);
      if (places.length < MAX_PLACES && !place.keys.includes(key)) places.push({ ...part, keys: [...place.keys, key] });
    }
  }
  return places;
}

function partsOf(generator: Generator, place: Place, depth: number | undefined): readonly Place[] {
  const parts = new Map<string, Place>();
  for (const plan of generator.planner.plansOf(place.schemas)) {
    const found =
      plan.kind === "object"
        ? propertiesOf(generator, place, plan, depth)
        : plan.kind === "array"
          ? itemsOf(generator, place, plan, depth)
          : [];
    for (const [name, part] of found) {
      const key = `${name} ${generator.planner.keyOf(part.schemas)}`;
      if (!parts.has(key)) parts.set(key, part);
    }
  }
  return [...parts.values()];
}

function propertiesOf(
  generator: Generator,
  place: Place,
  plan: ObjectPlan,
  depth: number | undefined,
): readonly [string, Place][] {
  const { set } = generator;
  const around = (demand: object) =>
    generator.arbitrary([...place.schemas, set.of({ type: "object", ...demand })], depth);
  const named = [...plan.required, ...plan.optional].flatMap(({ name, schemas }): [string, Place][] => {
    const parents = around({ required: [name] }) ?? around({});
    return parents === undefined ? [] : [[name, part(place, schemas, parents, fc.constant(name))]];
  });
  const others = [...plan.sources, ...plan.forced].flatMap(({ names, schemas }): [string, Place][] => {
    const parents = around({});
    const name = generator.names(names, plan.reserved);
    return parents === undefined || name === undefined ? [] : [["", part(place, schemas, parents, name)]];
  });
  return [...named, ...others];
}

function itemsOf(
  generator: Generator,
  place: Place,
  plan: ArrayPlan,
  depth: number | undefined,
): readonly [string, Place][] {
  const { set } = generator;
  const around = (minItems: number) =>
    generator.arbitrary([...place.schemas, set.of({ type: "array", minItems })], depth);
  const indexes = [...plan.prefix, plan.rest].flatMap((schemas, index): [string, Place][] => {
    const parents = around(index + 1) ?? around(index);
    if (parents === undefined) return [];
    return [[String(index), part(place, schemas, parents, fc.constant(index))]];
  });
  return indexes;
}

function part(
  place: Place,
  schemas: Conjunction,
  parents: fc.Arbitrary<JsonValue>,
  step: fc.Arbitrary<string | number>,
): Place {
  const contexts = fc.tuple(place.contexts, parents, step).map(([{ root, path }, parent, last]) => ({
    root: replaced(root, path, parent),
    path: [...path, last],
  }));
  return { schemas, contexts };
}

/** Returns a copy of a value in which the part at a path is another one. */
export function replaced(root: JsonValue, path: readonly (string | number)[], value: JsonValue): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return value;
  if (Array.isArray(root) && typeof step === "number") {
    const items = [...root];
    items[Math.min(step, items.length)] = replaced(root[step] ?? null, rest, value);
    return items;
  }
  const copy: { [name: string]: JsonValue } = {};
  const members = isJsonObject(root) ? root : {};
  for (const name of Object.keys(members)) setProperty(copy, name, members[name] ?? null);
  const member = Object.hasOwn(members, step) ? members[String(step)] : undefined;
  setProperty(copy, String(step), replaced(member ?? null, rest, value));
  return copy;
}

/** Returns a path as a JSON pointer. */
export function pointerOf(path: readonly (string | number)[]): string {
  return path.map((step) => `/${escapedToken(String(step))}`).join("");
}
