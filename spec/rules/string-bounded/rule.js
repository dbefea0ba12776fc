import { hasType } from "../has-type.js";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

const bounds = ["maxLength", "pattern", "enum", "const", "format"];

/**
 * A string without a bound is storage and work that whoever sends it decides about.
 *
 * @type {Oas3Rule}
 */
export const stringBounded = () => ({
  Schema(schema, { report }) {
    if (!hasType(schema, "string") || bounds.some((bound) => bound in schema)) return;
    report({ message: `Bound this string: give it ${bounds.join(" or ")}.` });
  },
});
