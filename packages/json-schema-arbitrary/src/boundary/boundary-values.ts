import fc from "fast-check";
import { type Place, placesOf, pointerOf, replaced } from "../invalid/places.ts";
import { leavesOf } from "../invalid/violations.ts";
import { canonicalText, type JsonSchema, type JsonValue, jsonTypeOf } from "../json.ts";
import { loadSchema } from "../schema/load-schema.ts";
import type { SchemaOptions } from "../schema-arbitrary.ts";
import { Generator, MINIMAL } from "../valid/generator.ts";
import { type Candidate, candidatesOf, type Samples, typeCandidates } from "./candidates.ts";

/** A value at a boundary of a schema. */
export interface BoundaryValue {
  readonly value: JsonValue;
  /** Whether the schema accepts the value. */
  readonly valid: boolean;
  /** The keyword whose boundary it is. If the value is invalid, a keyword that rejects it. */
  readonly keyword: string;
  /** What is special about the value, such as `one more than the bound of the length`. */
  readonly description: string;
  /** JSON pointer to the part of the value that is at the boundary. */
  readonly instancePath: string;
}

export interface BoundaryOptions extends SchemaOptions {
  /**
   * The maximum length of strings and arrays, in characters and items. Boundaries beyond it are omitted.
   *
   * @default 100_000
   */
  readonly maxSize?: number;
}

const SEED = 1;

/**
 * Yields the values at the boundaries of a schema, always the same ones: each bound, and one less and one more; each member of an
 * enum, and similar values; each property missing, and extra ones; every type; unusual strings and numbers. This applies to each
 * part of the values, within a valid value that is as small as possible.
 *
 * Values on which validators disagree are omitted.
 *
 * @throws {SchemaError} as {@link schemaArbitrary} does, except for an unsatisfiable schema, for which all values are invalid
 *
 * @example
 * for (const { value, valid, description } of boundaryValues({ type: "integer", minimum: 1, maximum: 1000 })) {
 *   console.log(description, value, valid);
 * }
 */
export function* boundaryValues(
  schema: JsonSchema,
  options: BoundaryOptions = {},
): globalThis.Generator<BoundaryValue> {
  const loaded = loadSchema(schema, options);
  const generator = new Generator(loaded, options.maxDepth ?? 3);
  const seen = new Set<string>();
  for (const place of placesOf(generator, [loaded.schema], MINIMAL)) {
    const context = first(place.contexts);
    const instancePath = pointerOf(context.path);
    for (const { value: part, keyword, description } of candidatesAt(generator, place, options.maxSize ?? 100_000)) {
      const value = replaced(context.root, context.path, part);
      const key = canonicalText(value);
      if (seen.has(key)) continue;
      seen.add(key);
      const valid = generator.validity.accepts([loaded.schema], value);
      if (valid) yield { value, valid, keyword, description, instancePath };
      else if (generator.validity.rejects(value)) {
        const keywords = generator.validity.errors(value).map((error) => error.keyword);
        const rejecting = keywords.includes(keyword) ? keyword : (keywords[0] ?? keyword);
        yield { value, valid, keyword: rejecting, description, instancePath };
      }
    }
  }
}

function* candidatesAt(generator: Generator, place: Place, maxSize: number): globalThis.Generator<Candidate> {
  const samples = samplesOf(generator, place, maxSize);
  for (const leaf of leavesOf(place.schemas, generator.set)) {
    if (typeof leaf === "object") yield* candidatesOf(leaf, samples);
  }
  yield* typeCandidates(samples);
}

function samplesOf(generator: Generator, place: Place, maxSize: number): Samples {
  const types = new Set(
    generator.planner
      .plansOf(place.schemas)
      .flatMap((plan) => (plan.kind === "values" ? plan.values.map(jsonTypeOf) : [plan.kind])),
  );
  return {
    maxSize,
    agreesOn: (name) => generator.validity.agreesOn(name),
    allows: (type) => place.schemas.length === 0 || types.has(type),
    sample: (demand) => {
      const schemas = [...place.schemas, ...(Object.keys(demand).length === 0 ? [] : [generator.set.of(demand)])];
      const values = generator.arbitrary(schemas, MINIMAL);
      return values && first(values);
    },
  };
}

function first<T>(arbitrary: fc.Arbitrary<T>): T {
  const [value] = fc.sample(arbitrary, { numRuns: 1, seed: SEED });
  if (value === undefined) throw new Error("fast-check generated nothing.");
  return value;
}
