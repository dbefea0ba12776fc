import { hasType } from "../has-type.js";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

/**
 * An array without an end is a page that never fits, or a request that never ends.
 *
 * @type {Oas3Rule}
 */
export const arrayBounded = () => ({
  Schema(schema, { report }) {
    if (!hasType(schema, "array") || schema.maxItems !== undefined) return;
    report({ message: "Bound this array: give it maxItems." });
  },
});
