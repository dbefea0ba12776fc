import { SchemaError } from "../schema-error.ts";
import { assume, dependencies } from "./assume.ts";
import { schemaOf, schemasOf } from "./keyword-values.ts";
import type { Schema, SchemaObject } from "./load-schema.ts";
import { negations } from "./negations.ts";
import type { SchemaSet } from "./schema-set.ts";
import { type Conjunction, everyShape, isPossible, restrictTypes, type Shape } from "./shape.ts";
import { childSchemas, completed } from "./shape-children.ts";

/** A schema to add to a shape, or to exclude from it. */
export interface Step {
  readonly schema: Schema;
  readonly isNegated?: boolean;
  /** The schemas with `unevaluated…` that the schema belongs to. */
  readonly scopes?: readonly object[];
  /** The schemas that led to this one, from the outermost on. */
  readonly path?: readonly Schema[];
}

/** One way to satisfy a disjunction. */
export interface Option {
  readonly steps: readonly Step[];
  readonly edit?: (shape: Shape) => void;
}

/** More shapes than this do not make the values more diverse. */
const MAX_SHAPES = 48;
const MAX_STATES = 4000;

/** Turns conjunctions of schemas into the shapes that satisfy them. */
export class Expander {
  readonly #set: SchemaSet;
  readonly #known = new Map<string, readonly Shape[]>();
  readonly #running = new Set<string>();

  constructor(set: SchemaSet) {
    this.#set = set;
  }

  /**
   * Returns shapes. Each value of a shape satisfies all schemas, unless the shape is inexact. Returns no shape if no value can
   * satisfy them.
   *
   * @throws {SchemaError} with the code `endless-reference`
   */
  expand(schemas: Conjunction): readonly Shape[] {
    const key = this.#set.keyOf(schemas);
    let shapes = this.#known.get(key);
    if (shapes !== undefined) return shapes;
    this.#running.add(key);
    shapes = [];
    const search: Search = { found: [], states: 0 };
    this.#search(
      everyShape(),
      schemas.map((schema) => ({ schema })),
      [],
      search,
    );
    shapes = search.found.map((shape) => completed(shape, this.#set));
    this.#running.delete(key);
    this.#known.set(key, shapes);
    return shapes;
  }

  #search(shape: Shape, steps: readonly Step[], choices: readonly (readonly Option[])[], search: Search): void {
    if (search.found.length >= MAX_SHAPES || search.states++ >= MAX_STATES) return;
    const open = [...choices];
    const pending = [...steps];
    for (let step = pending.pop(); step !== undefined; step = pending.pop()) {
      pending.push(...this.#take(shape, step, open));
      if (!isPossible(shape)) return;
    }
    const [next, ...later] = open.sort((one, other) => one.length - other.length);
    if (next === undefined) {
      search.found.push(shape);
      return;
    }
    // If there are too many combinations, the rotation ensures that they do not all begin with the first options.
    const offset = open.length > 5 ? search.states % next.length : 0;
    for (const option of [...next.slice(offset), ...next.slice(0, offset)]) {
      const copy = { ...shape };
      option.edit?.(copy);
      if (isPossible(copy)) this.#search(copy, option.steps, later, search);
    }
  }

  /** Adds a schema to the shape. Returns the schemas that follow from it, and adds the choices that it leaves. */
  #take(shape: Shape, step: Step, choices: (readonly Option[])[]): readonly Step[] {
    const { schema, isNegated = false, scopes = [], path = [] } = step;
    if (typeof schema === "boolean") {
      if (schema === isNegated) restrictTypes(shape, []);
      return [];
    }
    if (path.includes(schema)) {
      throw new SchemaError("endless-reference", "$ref", this.#set.pointerOf(schema), "The schema refers to itself.");
    }
    if (isNegated) {
      const options = negations(schema, this.#set, [...path, schema]);
      choices.push(options);
      return [];
    }
    return this.#assume(shape, schema, { scopes, path: [...path, schema] }, choices);
  }

  #assume(
    shape: Shape,
    schema: SchemaObject,
    { scopes, path }: Required<Pick<Step, "scopes" | "path">>,
    choices: (readonly Option[])[],
  ): readonly Step[] {
    const own = "unevaluatedItems" in schema || "unevaluatedProperties" in schema ? [...scopes, schema] : scopes;
    const step = (each: Schema): Step => ({ schema: each, scopes: own, path });
    const not = (each: Schema): Step => ({ schema: each, isNegated: true, path });
    assume(shape, schema, own);
    const unevaluatedItems = schemaOf(schema, "unevaluatedItems");
    if (unevaluatedItems !== undefined) {
      shape.unevaluatedItems = [...shape.unevaluatedItems, { scope: schema, schema: unevaluatedItems }];
    }
    const unevaluatedProperties = schemaOf(schema, "unevaluatedProperties");
    if (unevaluatedProperties !== undefined) {
      shape.unevaluatedProperties = [...shape.unevaluatedProperties, { scope: schema, schema: unevaluatedProperties }];
    }
    const steps = schemasOf(schema, "allOf").map(step);
    if (Object.hasOwn(schema, "$ref")) steps.push(step(this.#set.target(schema["$ref"])));
    const excluded = schemaOf(schema, "not");
    if (excluded !== undefined) steps.push(not(excluded));
    if (Object.hasOwn(schema, "anyOf"))
      choices.push(schemasOf(schema, "anyOf").map((each) => ({ steps: [step(each)] })));
    if (Object.hasOwn(schema, "oneOf")) choices.push(this.#oneOf(schema, step, not));
    const condition = schemaOf(schema, "if");
    if (condition !== undefined && ("then" in schema || "else" in schema)) {
      choices.push([
        { steps: [step(condition), step(schemaOf(schema, "then") ?? true)] },
        { steps: [not(condition), step(schemaOf(schema, "else") ?? true)] },
      ]);
    } else if (condition !== undefined && own.length > 0) {
      choices.push([{ steps: [step(condition)] }, { steps: [not(condition)] }]);
    }
    const { required, schemas } = dependencies(schema);
    for (const [name, names] of required) choices.push(dependency(name, [], names));
    for (const [name, each] of schemas) choices.push(dependency(name, [step(each)], []));
    return steps;
  }

  #oneOf(schema: SchemaObject, step: (schema: Schema) => Step, not: (schema: Schema) => Step): readonly Option[] {
    const branches = schemasOf(schema, "oneOf");
    const rest = this.#set.omit(schema, ["oneOf", "unevaluatedItems", "unevaluatedProperties"]);
    return branches.map((branch, index) => {
      const others = branches.filter((other, at) => at !== index && !this.#areDisjoint([rest, branch, other]));
      return { steps: [step(branch), ...others.map(not)] };
    });
  }

  /** Whether it is plain that no value satisfies all schemas: then it need not be excluded that a value does. */
  #areDisjoint(schemas: Conjunction): boolean {
    if (this.#running.size > 40 || this.#running.has(this.#set.keyOf(schemas))) return false;
    return this.expand(schemas).every(
      (shape) =>
        shape.types.size === 1 &&
        shape.types.has("object") &&
        [...shape.required].some((name) => {
          const conjunction = childSchemas(shape, name);
          return !this.#running.has(this.#set.keyOf(conjunction)) && this.expand(conjunction).length === 0;
        }),
    );
  }
}

interface Search {
  readonly found: Shape[];
  states: number;
}

function dependency(name: string, steps: readonly Step[], names: readonly string[]): readonly Option[] {
  return [
    {
      steps: [],
      edit: (shape) => {
        shape.forbidden = new Set([...shape.forbidden, name]);
      },
    },
    {
      steps,
      edit: (shape) => {
        restrictTypes(shape, ["object"]);
        shape.required = new Set([...shape.required, name, ...names]);
      },
    },
  ];
}
