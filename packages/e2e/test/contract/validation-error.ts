import { openapi } from "@memory-api/spec";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

// Independent of the Ajv that Prism uses.
const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: true });
ajvFormats.default(ajv);
ajv.addVocabulary(["x-decision", "x-deprecation", "x-extensible-enum", ...Object.keys(openapi)]);
ajv.addSchema(openapi, "openapi.json");
ajv.addSchema(withoutUnknownProperties(openapi), "strict.json");

/**
 * Validates a value against a schema of the contract.
 *
 * @param pointer JSON pointer of the schema in the bundle, as a URI fragment
 * @returns the error message, or `undefined` if the value is valid
 */
export function validationError(pointer: string, value: unknown): string | undefined {
  return errorOf(`openapi.json${pointer}`, value);
}

/** Like {@link validationError}, but also rejects properties that the contract does not declare. */
export function strictValidationError(pointer: string, value: unknown): string | undefined {
  return errorOf(`strict.json${pointer}`, value);
}

function errorOf(reference: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(reference);
  if (validate === undefined) throw new Error(`There is no schema at ${reference}.`);
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "" });
}

/** The contract allows unknown properties in responses, so that responses can get new properties. */
function withoutUnknownProperties(contract: object): object {
  return JSON.parse(JSON.stringify(contract), (_name, node) => {
    const isOpen = Object(node).type === "object" && "properties" in node && !("additionalProperties" in node);
    return isOpen ? { ...node, additionalProperties: false } : node;
  });
}
