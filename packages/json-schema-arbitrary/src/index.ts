export { type BoundaryOptions, type BoundaryValue, boundaryValues } from "./boundary/boundary-values.ts";
export { type InvalidValue, invalidArbitrary } from "./invalid/invalid-arbitrary.ts";
export type { JsonSchema, JsonValue } from "./json.ts";
export { type SchemaOptions, schemaArbitrary } from "./schema-arbitrary.ts";
export { SchemaError, type SchemaErrorCode } from "./schema-error.ts";
