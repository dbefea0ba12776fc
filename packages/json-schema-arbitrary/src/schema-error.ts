/**
 * - `invalid-schema`: a keyword with a value that JSON Schema does not allow
 * - `unsupported-keyword`: a keyword that is not supported, or is misspelled
 * - `unsupported-format`: a `format` that is not supported
 * - `unsupported-pattern`: a regular expression that is invalid, not regular, or too large
 * - `unresolved-reference`: a `$ref` that refers to another document, or to nothing
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

/** Thrown if no values can be generated for a schema. `code` is stable. */
export class SchemaError extends Error {
  override readonly name = "SchemaError";
  readonly code: SchemaErrorCode;
  /** The keyword that causes the error. Empty if the schema as a whole causes it. */
  readonly keyword: string;
  /** JSON pointer to the schema that causes the error, in the document that contains it. */
  readonly pointer: string;

  constructor(code: SchemaErrorCode, keyword: string, pointer: string, reason: string) {
    const place = keyword === "" ? "" : ` ${keyword}:`;
    super(`#${pointer}:${place} ${reason}`);
    this.code = code;
    this.keyword = keyword;
    this.pointer = pointer;
  }
}
