import { hasType } from "../has-type.js";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

const ends = [
  ["minimum", "exclusiveMinimum"],
  ["maximum", "exclusiveMaximum"],
];

/**
 * Languages disagree about how large an integer can be; a range says what the service and every client must hold.
 *
 * @type {Oas3Rule}
 */
export const integerRange = () => ({
  Schema(schema, { report }) {
    if (!hasType(schema, "integer") || "enum" in schema || "const" in schema) return;
    for (const end of ends) {
      if (end.some((bound) => bound in schema)) continue;
      report({ message: `Give this integer ${end.join(" or ")}.` });
    }
  },
});
