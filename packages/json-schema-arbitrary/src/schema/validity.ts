import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import { isInheritedName, type JsonValue } from "../json.ts";
import { SchemaError } from "../schema-error.ts";
import type { LoadedSchema, Schema } from "./load-schema.ts";

/** Decides whether values are valid, where that does not follow from the way in which they are built. */
export class Validity {
  readonly #definitions: LoadedSchema["definitions"];
  readonly #mentionsInheritedNames: boolean;
  readonly #hasUnevaluated: boolean;
  readonly #validators = new Map<Schema, readonly ValidateFunction[]>();
  #instances: readonly Ajv2020[] | undefined;
  #reporting: ValidateFunction | undefined;
  readonly #schema: Schema;

  constructor({ schema, definitions }: LoadedSchema) {
    this.#schema = schema;
    this.#definitions = definitions;
    const all = [schema, ...definitions.values()];
    this.#mentionsInheritedNames = all.some((each) => mentions(each, isInheritedName));
    this.#hasUnevaluated = all.some((each) => mentions(each, (name) => name === "unevaluatedProperties"));
  }

  /**
   * Whether validators treat a property with this name like any other. Ajv may take properties with the names of inherited ones for
   * evaluated.
   */
  agreesOn(name: string): boolean {
    return !isCalledName(name) && !(this.#hasUnevaluated && isInheritedName(name));
  }

  accepts(schemas: readonly Schema[], value: JsonValue): boolean {
    return schemas.every((schema) => this.#validatorsOf(schema).every((validate) => isValid(validate, value) === true));
  }

  /** Whether the whole schema rejects a value. */
  rejects(value: JsonValue): boolean {
    return this.#validatorsOf(this.#schema).every((validate) => isValid(validate, value) === false);
  }

  /** All errors of a value in the whole schema. */
  errors(value: JsonValue): readonly ErrorObject[] {
    this.#reporting ??= this.#instance({ allErrors: true }).compile(this.#schema);
    const [first] = this.#validatorsOf(this.#schema);
    const validate = isValid(this.#reporting, value) === undefined ? first : this.#reporting;
    return validate === undefined || isValid(validate, value) !== false ? [] : (validate.errors ?? []);
  }

  #validatorsOf(schema: Schema): readonly ValidateFunction[] {
    let validators = this.#validators.get(schema);
    if (validators === undefined) {
      // Without `ownProperties`, Ajv takes an inherited `toString` for a property. Other validators do not, so that a value must
      // satisfy both.
      this.#instances ??= [
        this.#instance({}),
        ...(this.#mentionsInheritedNames ? [this.#instance({ ownProperties: true })] : []),
      ];
      validators = this.#instances.map((ajv) => ajv.compile(schema));
      this.#validators.set(schema, validators);
    }
    return validators;
  }

  #instance(options: { allErrors?: boolean; ownProperties?: boolean }): Ajv2020 {
    const ajv = new Ajv2020({ strict: false, validateSchema: false, logger: false, ...options });
    ajvFormats.default(ajv);
    for (const [uri, schema] of this.#definitions) ajv.addSchema(schema as object, uri);
    return ajv;
  }
}

/** The code that Ajv generates for some combinations of `unevaluated…` and branches throws. Then nothing is known of the value. */
function isValid(validate: ValidateFunction, value: JsonValue): boolean | undefined {
  try {
    return validate(value);
  } catch {
    return undefined;
  }
}

/** Validators that compare objects call these methods, and throw if a property hides them. */
export function isCalledName(name: string): boolean {
  return name === "toString" || name === "valueOf";
}

function mentions(schema: unknown, matches: (name: string) => boolean): boolean {
  if (typeof schema === "string") return matches(schema);
  if (typeof schema !== "object" || schema === null) return false;
  return Object.entries(schema).some(([name, child]) => matches(name) || mentions(child, matches));
}

let metaSchema: Ajv2020 | undefined;

/** @throws {SchemaError} if a keyword has a value that JSON Schema does not allow */
export function checkShape(schema: Schema, pointers: LoadedSchema["pointers"]): void {
  metaSchema ??= new Ajv2020({ strict: false, logger: false, validateFormats: false });
  if (metaSchema.validateSchema(schema) === true) return;
  const [error] = metaSchema.errors ?? [];
  const path = error?.instancePath ?? "";
  const keyword = path.split("/")[1] ?? "";
  const pointer = typeof schema === "object" ? (pointers.get(schema) ?? "") : "";
  throw new SchemaError("invalid-schema", keyword, pointer, `${pointer}${path} ${error?.message}.`);
}
