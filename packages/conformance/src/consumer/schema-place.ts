import type { OpenAPIV3_1 } from "openapi-types";
import { type Contract, escapeToken, valueAt } from "../contract/contract.ts";

/** A schema, with the keywords that openapi-types lacks. */
type Schema = OpenAPIV3_1.SchemaObject & {
  readonly patternProperties?: Readonly<Record<string, unknown>>;
  readonly unevaluatedProperties?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly if?: unknown;
  readonly then?: unknown;
  readonly else?: unknown;
};

/** A schema, and the JSON pointer of its place in the contract. */
interface PlacedSchema {
  readonly schema: unknown;
  readonly at: string;
}

/** Stands for array indexes, and for names that the contract leaves to the consumer, such as those of traits. */
const WILDCARD = "*";

/** A place in a JSON document, with all schemas that can apply to it. */
export class SchemaPlace {
  /** JSON pointer into the document, with wildcards. */
  readonly pointer: string;
  /** JSON pointer of its first schema in the contract, after references. */
  readonly contractPointer: string;
  readonly #contract: Contract;
  readonly #schemas: readonly { readonly schema: Schema; readonly at: string }[];
  /** Whether any property may occur, because no schema restricts the place. */
  readonly #isOpen: boolean;

  private constructor(contract: Contract, placed: readonly PlacedSchema[], pointer: string) {
    this.pointer = pointer;
    this.#contract = contract;
    const found = new Map<unknown, { readonly schema: Schema; readonly at: string }>();
    for (const each of placed) this.#collect(each, found);
    this.#schemas = [...found.values()];
    this.#isOpen = placed.length === 0 || placed.some(({ schema }) => schema === true);
    this.contractPointer = this.#schemas.find(({ schema }) => !("$ref" in schema))?.at ?? placed[0]?.at ?? "";
  }

  /** The root of a document. @param schemaPointer of its schema in the contract; without one, any property may occur */
  static root(contract: Contract, schemaPointer: string | undefined): SchemaPlace {
    const placed = schemaPointer === undefined ? [] : [{ schema: { $ref: `#${schemaPointer}` }, at: schemaPointer }];
    return new SchemaPlace(contract, placed, "");
  }

  /** The items of an array. */
  items(): SchemaPlace {
    const placed = this.#schemas.flatMap(({ schema, at }) => [
      ...("items" in schema ? [{ schema: schema.items, at: `${at}/items` }] : []),
      ...(schema.prefixItems ?? []).map((item, index) => ({ schema: item, at: `${at}/prefixItems/${index}` })),
    ]);
    return this.#child(WILDCARD, placed);
  }

  /** @returns `undefined` if the contract does not have the property */
  property(name: string): SchemaPlace | undefined {
    const token = escapeToken(name);
    const named = this.#schemas.flatMap(({ schema: { properties = {} }, at }) =>
      Object.hasOwn(properties, name) ? [{ schema: properties[name], at: `${at}/properties/${token}` }] : [],
    );
    if (named.length > 0) return this.#child(token, named);
    const others = this.#schemas.flatMap(({ schema, at }) => othersOf(schema, at, name));
    return others.length > 0 || this.#isOpen ? this.#child(WILDCARD, others) : undefined;
  }

  /** The place that a JSON pointer names, or the last one on its way that the contract knows. */
  descend(instancePath: string, document: unknown): SchemaPlace {
    const [, token, ...rest] = instancePath.split("/");
    if (token === undefined) return this;
    const name = token.replaceAll("~1", "/").replaceAll("~0", "~");
    const child = Array.isArray(document) ? this.items() : this.property(name);
    return child?.descend(rest.map((each) => `/${each}`).join(""), Object(document)[name]) ?? this;
  }

  /** The names of the properties that the contract declares here. */
  names(): string[] {
    return this.#schemas.flatMap(({ schema: { properties = {} } }) => Object.keys(properties)).sort();
  }

  #child(token: string, placed: readonly PlacedSchema[]): SchemaPlace {
    return new SchemaPlace(this.#contract, placed, `${this.pointer}/${token}`);
  }

  /** Follows references and alternatives. */
  #collect({ schema, at }: PlacedSchema, found: Map<unknown, { readonly schema: Schema; readonly at: string }>): void {
    if (!isSchema(schema) || found.has(schema)) return;
    found.set(schema, { schema, at });
    const { allOf = [], anyOf = [], oneOf = [] } = schema;
    if ("$ref" in schema && typeof schema.$ref === "string") {
      const target = schema.$ref.replace(/^#/, "");
      this.#collect({ schema: valueAt(this.#contract.document, target), at: target }, found);
    }
    const lists = { allOf, anyOf, oneOf };
    for (const [keyword, list] of Object.entries(lists)) {
      for (const [index, part] of list.entries())
        this.#collect({ schema: part, at: `${at}/${keyword}/${index}` }, found);
    }
    for (const keyword of ["if", "then", "else"] as const) {
      this.#collect({ schema: schema[keyword], at: `${at}/${keyword}` }, found);
    }
  }
}

/** The schemas of a property that `properties` does not name. */
function othersOf(schema: Schema, at: string, name: string): PlacedSchema[] {
  const patterns = Object.entries(schema.patternProperties ?? {}).filter(([pattern]) =>
    new RegExp(pattern, "u").test(name),
  );
  if (patterns.length > 0) {
    return patterns.map(([pattern, found]) => ({
      schema: found,
      at: `${at}/patternProperties/${escapeToken(pattern)}`,
    }));
  }
  const keyword = schema.additionalProperties === undefined ? "unevaluatedProperties" : "additionalProperties";
  const found = schema[keyword];
  return found === true || isSchema(found) ? [{ schema: found, at: `${at}/${keyword}` }] : [];
}

function isSchema(value: unknown): value is Schema {
  return typeof value === "object" && value !== null;
}

/** Returns the pointers of all values in a JSON document that the contract knows. */
export function pointersIn(value: unknown, place: SchemaPlace): string[] {
  if (Array.isArray(value)) {
    const items = place.items();
    return [place.pointer, ...value.flatMap((item) => pointersIn(item, items))];
  }
  if (typeof value !== "object" || value === null) return [place.pointer];
  const properties = Object.entries(value).flatMap(([name, property]) => {
    const found = place.property(name);
    return found === undefined ? [] : pointersIn(property, found);
  });
  return [place.pointer, ...properties];
}
