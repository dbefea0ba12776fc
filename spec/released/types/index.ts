/** The bounds and defaults of each schema and its properties. */
export * as bounds from "./generated/bounds.ts";
export type * from "./generated/names.ts";
// Not `operations`, which is a value here. The subpath `@memory-api/types/openapi` exports all three.
export type { components, paths } from "./generated/openapi.ts";
export { baseUrl, enums, operations, patterns } from "./generated/values.ts";
export type * from "./operation-types.ts";
