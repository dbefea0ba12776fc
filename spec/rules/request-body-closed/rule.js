import { hasType } from "../has-type.js";
import { isClosed, schemasWithin } from "../schemas-within.js";

/** @import { Oas3Rule } from "@redocly/openapi-core" */

/**
 * A misspelt property that is accepted is lost without a word; a body that refuses what it does not know says so.
 *
 * @type {Oas3Rule}
 */
export const requestBodyClosed = () => {
  /** @type {Set<string>} */
  const seen = new Set();
  return {
    RequestBody({ content = {} }, { report, resolve, location }) {
      for (const [type, { schema: body }] of Object.entries(content)) {
        if (!body || !/[/+]json$/.test(type)) continue;
        const place = location.child(["content", type, "schema"]);
        for (const { schema, location, closedAround } of schemasWithin(body, place, resolve, seen)) {
          const isObject = hasType(schema, "object") || schema.properties !== undefined;
          if (!isObject || closedAround || isClosed(schema)) continue;
          report({
            message:
              "Add additionalProperties: false, or if this is a member of allOf, unevaluatedProperties: false beside the allOf.",
            location,
          });
        }
      }
    },
  };
};
