/** @import { Oas3Rule } from "@redocly/openapi-core" */

const dialect = "https://json-schema.org/draft/2020-12/schema";

/**
 * OpenAPI 3.1 has a dialect of its own if the root names none, and many a validator knows nothing of it.
 *
 * @type {Oas3Rule}
 */
export const schemaDialect = () => ({
  Root(root, { report, location }) {
    const declared = new Map(Object.entries(root)).get("jsonSchemaDialect");
    if (declared === dialect) return;
    report({
      message: `Write jsonSchemaDialect: ${dialect}, or validators read the schemas as an older draft and skip keywords.`,
      location: declared === undefined ? location.key() : location.child("jsonSchemaDialect"),
    });
  },
});
