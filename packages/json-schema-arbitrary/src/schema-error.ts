/**
 * - `invalid-schema`: a keyword has a value that JSON Schema does not allow
 * - `unsupported-keyword`: the schema has a keyword that this package does not know
 * - `unsupported-format`: a `format` that this package cannot check
 * - `unsupported-pattern`: a regular expression that is invalid, not regular, or too large
 * - `unresolved-reference`: a `$ref` that leads nowhere
 * - `endless-reference`: a schema that refers to itself without a value in between
 * - `unsatisfiable`: no value is valid, or none was found
 * - `no-invalid-value`: every value is valid, or no invalid one was found
 */
export type SchemaErrorCode =
  | "invalid-schema"
  | "unsupported-keyword"
  | "unsupported-format"
  | "unsupported-pattern"
  | "unresolved-reference"
  | "endless-reference"
  | "unsatisfiable"
  | "no-invalid-value";

/** Thrown for a schema for which no values can be generated. `code` is stable. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
  readonly code: SchemaErrorCode;
  /** The keyword at fault. Empty if the schema as a whole is at fault. */
  readonly keyword: string;
  /** JSON pointer to the schema at fault, in the document that contains it. */
  readonly pointer: string;

  constructor(code: SchemaErrorCode, keyword: string, pointer: string, reason: string) {
    const place = keyword === "" ? "" : ` ${keyword}:`;
    super(`#${pointer}:${place} ${reason}`);
    this.code = code;
    this.keyword = keyword;
    this.pointer = pointer;
  }
}
