import { isSchema } from "./keyword-values.ts";
import type { LoadedSchema, Schema, SchemaObject } from "./load-schema.ts";
import type { Conjunction } from "./shape.ts";

/** Gives schemas an identity, and derives schemas from others, each of them only once. */
export class SchemaSet {
  readonly #loaded: LoadedSchema;
  readonly #ids = new Map<Schema, number>();
  readonly #derived = new Map<string, SchemaObject>();

  constructor(loaded: LoadedSchema) {
    this.#loaded = loaded;
  }

  /** Returns a text that two conjunctions share exactly if they consist of the same schemas. */
  keyOf(schemas: Conjunction): string {
    const ids = new Set(schemas.filter((schema) => schema !== true).map((schema) => this.#idOf(schema)));
    return [...ids].sort((one, other) => one - other).join();
  }

  target(reference: unknown): Schema {
    return this.#loaded.definitions.get(String(reference)) ?? true;
  }

  pointerOf(schema: Schema | undefined): string {
    return (typeof schema === "object" && this.#loaded.pointers.get(schema)) || "";
  }

  not(schema: Schema): Schema {
    if (typeof schema === "boolean") return !schema;
    const [keyword, ...others] = Object.keys(schema);
    if (keyword === "not" && others.length === 0 && isSchema(schema["not"])) return schema["not"];
    return this.#derive(`not ${this.#idOf(schema)}`, () => ({ not: schema }));
  }

  anyOf(schemas: Conjunction): Schema {
    return this.#derive(`any ${this.keyOf(schemas)}`, () => ({ anyOf: schemas }));
  }

  /** Returns a schema with only these of the keywords of another one. */
  pick(schema: SchemaObject, keywords: readonly string[]): SchemaObject {
    return this.#derive(`${this.#idOf(schema)} with ${keywords.join()}`, () =>
      this.#located(
        Object.fromEntries(Object.entries(schema).filter(([keyword]) => keywords.includes(keyword))),
        schema,
      ),
    );
  }

  omit(schema: SchemaObject, keywords: readonly string[]): SchemaObject {
    return this.pick(
      schema,
      Object.keys(schema).filter((keyword) => !keywords.includes(keyword)),
    );
  }

  /** Returns the one schema with these keywords that this set keeps. */
  of(schema: SchemaObject): SchemaObject {
    return this.#derive(`of ${JSON.stringify(schema)}`, () => schema);
  }

  /** A part of a schema is where the schema is. */
  #located(part: SchemaObject, schema: SchemaObject): SchemaObject {
    this.#loaded.pointers.set(part, this.pointerOf(schema));
    return part;
  }

  #derive(key: string, create: () => SchemaObject): SchemaObject {
    let schema = this.#derived.get(key);
    if (schema === undefined) {
      schema = create();
      this.#derived.set(key, schema);
    }
    return schema;
  }

  #idOf(schema: Schema): number {
    let id = this.#ids.get(schema);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(schema, id);
    }
    return id;
  }
}
