import { isRecord, type JsonSchema } from "../json.ts";
import { escapedToken } from "../json-pointer.ts";
import { SchemaError } from "../schema-error.ts";
import { isNumberFormat, textFormat } from "../text/formats.ts";
import { patternAutomaton } from "../text/pattern-automaton.ts";
import { ANNOTATIONS, APPLICATORS, ASSERTIONS } from "./keywords.ts";
import { ReferenceIndex } from "./reference-index.ts";
import { checkShape } from "./validity.ts";

export interface LoadOptions {
  /**
   * The document that local references such as `#/components/schemas/Pet` refer to.
   *
   * @default the schema itself
   */
  readonly root?: object;
  /** Additional keywords to ignore. Keywords that begin with `x-` are always ignored. */
  readonly annotations?: readonly string[];
}

/** A schema whose keywords are known and whose references are resolved. */
export interface LoadedSchema {
  readonly schema: Schema;
  /** The targets of references, by URI. */
  readonly definitions: ReadonlyMap<string, Schema>;
  /** JSON pointer of each schema, for messages. */
  readonly pointers: WeakMap<object, string>;
}

/** A copy of a schema, without annotations, in which each `$ref` is a key of `definitions`. */
export type Schema = boolean | SchemaObject;
export interface SchemaObject {
  readonly [keyword: string]: unknown;
}

/**
 * Copies a schema and everything that it refers to.
 *
 * @throws {SchemaError} if a keyword, format, pattern or reference is not supported
 */
export function loadSchema(schema: JsonSchema, options: LoadOptions = {}): LoadedSchema {
  return new Loader(schema, options).load(schema);
}

class Loader {
  readonly #index: ReferenceIndex;
  readonly #ignored: ReadonlySet<string>;
  readonly #definitions = new Map<string, Schema>();
  readonly #uris = new Map<unknown, string>();
  readonly #pointers = new WeakMap<object, string>();

  constructor(schema: JsonSchema, { root, annotations = [] }: LoadOptions) {
    this.#index = new ReferenceIndex(root ?? schema, schema);
    this.#ignored = new Set([...ANNOTATIONS, ...annotations]);
  }

  load(source: JsonSchema): LoadedSchema {
    const schema = this.#copy(source, this.#index.pointerOf(source));
    for (const each of [schema, ...this.#definitions.values()]) checkShape(each, this.#pointers);
    return { schema, definitions: this.#definitions, pointers: this.#pointers };
  }

  #copy(source: unknown, pointer: string): Schema {
    if (typeof source === "boolean") return source;
    if (!isRecord(source)) throw new SchemaError("invalid-schema", "", pointer, "A schema is an object or a boolean.");
    const copy: { [keyword: string]: unknown } = {};
    this.#pointers.set(copy, pointer);
    for (const [keyword, value] of Object.entries(source)) {
      if (keyword === "$ref") copy[keyword] = this.#reference(source, value, pointer);
      else if (Object.hasOwn(APPLICATORS, keyword)) copy[keyword] = this.#applied(keyword, value, pointer);
      else if (ASSERTIONS.has(keyword)) copy[keyword] = supported(keyword, value, pointer);
      else if (!this.#ignored.has(keyword) && !keyword.startsWith("x-")) throw unknownKeyword(keyword, pointer);
    }
    return copy;
  }

  #applied(keyword: string, value: unknown, pointer: string): unknown {
    const at = `${pointer}/${keyword}`;
    const applicator = APPLICATORS[keyword];
    if (applicator === "schema") return this.#copy(value, at);
    if (applicator === "list") {
      if (!Array.isArray(value))
        throw new SchemaError("invalid-schema", keyword, pointer, "The value must be an array.");
      return value.map((each, index) => this.#copy(each, `${at}/${index}`));
    }
    if (!isRecord(value)) throw new SchemaError("invalid-schema", keyword, pointer, "The value must be an object.");
    const copies = Object.entries(value).map(([name, each]) => {
      if (keyword === "patternProperties") supported("pattern", name, pointer);
      return [name, this.#copy(each, `${at}/${escapedToken(name)}`)] as const;
    });
    return Object.fromEntries(copies);
  }

  #reference(source: object, value: unknown, pointer: string): string {
    if (typeof value !== "string")
      throw new SchemaError("invalid-schema", "$ref", pointer, "The value must be a string.");
    const found = this.#index.resolve(source, value);
    if (found === undefined) {
      throw new SchemaError("unresolved-reference", "$ref", pointer, `${value} leads nowhere.`);
    }
    const known = this.#uris.get(found.schema);
    if (known !== undefined) return known;
    const uri = `urn:definition:${this.#definitions.size}`;
    if (typeof found.schema === "object") this.#uris.set(found.schema, uri);
    this.#definitions.set(uri, true);
    this.#definitions.set(uri, this.#copy(found.schema, found.pointer));
    return uri;
  }
}

function supported(keyword: string, value: unknown, pointer: string): unknown {
  if (keyword === "format" && typeof value === "string" && !isNumberFormat(value) && textFormat(value) === undefined) {
    throw new SchemaError(
      "unsupported-format",
      keyword,
      pointer,
      `The format ${JSON.stringify(value)} is not supported.`,
    );
  }
  if (keyword !== "pattern" || typeof value !== "string") return value;
  try {
    patternAutomaton(value);
    return value;
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new SchemaError("unsupported-pattern", keyword, pointer, `The pattern ${value} is not supported: ${reason}`);
  }
}

function unknownKeyword(keyword: string, pointer: string): SchemaError {
  const remedy = "If it is an annotation, list it in the option `annotations`.";
  return new SchemaError("unsupported-keyword", keyword, pointer, `The keyword is not supported. ${remedy}`);
}
