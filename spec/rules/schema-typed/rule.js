/** @import { Oas3Rule } from "@redocly/openapi-core" */

const kinds = ["type", "enum", "const", "oneOf", "anyOf", "allOf"];

/**
 * A schema that does not say what it is lets anything pass: `items` binds arrays alone, `maxLength` strings alone. The
 * rules about bounds do not see it either. Redocly shows a rule where a `$ref` leads, never the `$ref`.
 *
 * @type {Oas3Rule}
 */
export const schemaTyped = () => ({
  Schema(schema, { report }) {
    if (kinds.some((kind) => kind in schema)) return;
    report({ message: `Say what this is: give it ${["$ref", ...kinds].join(" or ")}.` });
  },
});
