import { schemasWithin } from "../schemas-within.js";

/** @import { Location, Oas3Rule, Oas3Schema, Oas3_1Schema, UserContext } from "@redocly/openapi-core" */

const ofOperations = ["x-repeatable", "x-decision", "x-deprecation"];
const ofSchemas = ["x-extensible-enum", "x-decision", "x-deprecation"];

/**
 * No other tool checks extensions: a misspelt one has no effect, and nobody notices. Clients retry by `x-repeatable`, so every
 * operation must have it. Requests are closed, so only the enums of responses may grow.
 *
 * @type {Oas3Rule}
 */
export const extensionsKnown = () => {
  /** @type {Set<string>} */
  const seen = new Set();
  return {
    Operation(operation, context) {
      checkKeys(operation, context, ofOperations);
      const repeatable = new Map(Object.entries(operation)).get("x-repeatable");
      if (typeof repeatable === "boolean") return;
      context.report({
        message: "Add x-repeatable: true if a caller may send this again when the outcome is unknown, else false.",
        location: context.location.key(),
      });
    },
    Schema: checkSchema,
    // What stands beside a $ref counts too, and only the visitor of $refs sees it.
    ref(node, context) {
      if (context.type.name === "Schema") checkSchema(node, context);
    },
    RequestBody({ content = {} }, context) {
      for (const [type, { schema }] of Object.entries(content)) {
        checkRequest(schema, context.location.child(["content", type, "schema"]), context);
      }
    },
    Parameter({ schema }, context) {
      checkRequest(schema, context.location.child("schema"), context);
    },
  };

  /**
   * @param {Oas3Schema | Oas3_1Schema | undefined} root
   * @param {Location} place
   * @param {UserContext} context
   */
  function checkRequest(root, place, { report, resolve }) {
    if (root === undefined) return;
    for (const { schema, location } of schemasWithin(root, place, resolve, seen)) {
      if (!("x-extensible-enum" in schema)) continue;
      report({
        message: "Remove x-extensible-enum: a request is closed, and only the enums of responses may grow.",
        location: location.child("x-extensible-enum").key(),
      });
    }
  }
};

/**
 * @param {object} schema
 * @param {UserContext} context
 */
function checkSchema(schema, context) {
  checkKeys(schema, context, ofSchemas);
  if (!("x-extensible-enum" in schema)) return;
  if (schema["x-extensible-enum"] === true && "enum" in schema) return;
  context.report({
    message: "Write x-extensible-enum: true, beside the enum that may grow, or leave it out.",
    location: context.location.child("x-extensible-enum").key(),
  });
}

/**
 * @param {object} node
 * @param {UserContext} context
 * @param {string[]} known
 */
function checkKeys(node, { report, location }, known) {
  for (const key of Object.keys(node)) {
    if (!key.startsWith("x-") || known.includes(key)) continue;
    report({ message: `Remove ${key}; known here are ${known.join(", ")}.`, location: location.child(key).key() });
  }
}
