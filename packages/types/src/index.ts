export type * from "./generated/names.ts";
export { baseUrl, bounds, enums, operations, patterns } from "./generated/values.ts";
export type * from "./operation-types.ts";
