import type { OpenAPIV3_1 } from "openapi-types";
import { type Contract, escapeToken } from "../contract/contract.ts";

type Schema = OpenAPIV3_1.SchemaObject;

/** The schema keywords that openapi-types lacks. */
interface OtherKeywords {
  readonly patternProperties?: Readonly<Record<string, unknown>>;
  readonly unevaluatedProperties?: unknown;
  readonly prefixItems?: readonly unknown[];
  readonly if?: unknown;
  readonly then?: unknown;
  readonly else?: unknown;
}

/** A name that a manifest has in place of array indexes, and of names that a consumer chooses, such as those of traits. */
const WILDCARD = "*";

/** A place in a JSON document, with all schemas that can apply to it. */
export class SchemaPlace {
  /** JSON pointer, with wildcards. */
  readonly pointer: string;
  readonly #contract: Contract;
  readonly #schemas: readonly (Schema & OtherKeywords)[];
  /** Whether any property may occur, because no schema restricts the place. */
  readonly #isOpen: boolean;

  constructor(contract: Contract, schemas: readonly unknown[], pointer = "") {
    this.pointer = pointer;
    this.#contract = contract;
    const applicable = new Set<Schema & OtherKeywords>();
    for (const schema of schemas) this.#collect(schema, applicable);
    this.#schemas = [...applicable];
    this.#isOpen = schemas.length === 0 || schemas.includes(true);
  }

  /** The items of an array. */
  items(): SchemaPlace {
    const schemas = this.#schemas.flatMap((schema) => [
      ...("items" in schema ? [schema.items] : []),
      ...(schema.prefixItems ?? []),
    ]);
    return this.#child(WILDCARD, schemas);
  }

  /** @returns `undefined` if the contract does not have the property */
  property(name: string): SchemaPlace | undefined {
    const named = this.#schemas.flatMap(({ properties = {} }) =>
      Object.hasOwn(properties, name) ? [properties[name]] : [],
    );
    if (named.length > 0) return this.#child(escapeToken(name), named);
    const others = this.#schemas.flatMap((schema) => {
      const patterns = Object.entries(schema.patternProperties ?? {});
      const matching = patterns.filter(([pattern]) => new RegExp(pattern, "u").test(name)).map(([, found]) => found);
      if (matching.length > 0) return matching;
      const { additionalProperties, unevaluatedProperties } = schema;
      return [additionalProperties ?? unevaluatedProperties].filter((found) => found === true || isObject(found));
    });
    return others.length > 0 || this.#isOpen ? this.#child(WILDCARD, others) : undefined;
  }

  /** The names of the properties that the contract declares here. */
  names(): string[] {
    return this.#schemas.flatMap(({ properties = {} }) => Object.keys(properties));
  }

  #child(token: string, schemas: readonly unknown[]): SchemaPlace {
    return new SchemaPlace(this.#contract, schemas, `${this.pointer}/${token}`);
  }

  #collect(schema: unknown, found: Set<Schema & OtherKeywords>): void {
    if (!isObject(schema)) return;
    const resolved = this.#contract.resolve<Schema & OtherKeywords>(schema);
    // A `$ref` may have siblings.
    for (const each of new Set([schema as Schema & OtherKeywords, resolved])) {
      if (found.has(each)) continue;
      found.add(each);
      const { allOf = [], anyOf = [], oneOf = [] } = each;
      for (const part of [...allOf, ...anyOf, ...oneOf, each.if, each.then, each.else]) this.#collect(part, found);
    }
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Returns the pointers of all values in a JSON document that the contract knows. */
export function pointersIn(value: unknown, place: SchemaPlace): string[] {
  if (Array.isArray(value)) {
    const items = place.items();
    return [place.pointer, ...value.flatMap((item) => pointersIn(item, items))];
  }
  if (!isObject(value)) return [place.pointer];
  const properties = Object.entries(value).flatMap(([name, property]) => {
    const found = place.property(name);
    return found === undefined ? [] : pointersIn(property, found);
  });
  return [place.pointer, ...properties];
}
