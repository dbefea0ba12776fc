import { openapi } from "@memory-api/spec";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: true });
ajvFormats.default(ajv);
ajv.addVocabulary(["x-decision", "x-extensible-enum", ...Object.keys(openapi)]);
ajv.addSchema(openapi, "openapi.json");
ajv.addSchema(closed(openapi), "closed.json");

/**
 * Why a value does not fit a schema of the contract, or `undefined` where it does. This Ajv knows nothing of Prism's.
 *
 * @param pointer JSON pointer of the schema in the bundle, as a URI fragment
 */
export function misfit(pointer: string, value: unknown): string | undefined {
  return misfitOf(`openapi.json${pointer}`, value);
}

/** The same, where a property that the contract does not have is a misfit too. */
export function strictMisfit(pointer: string, value: unknown): string | undefined {
  return misfitOf(`closed.json${pointer}`, value);
}

function misfitOf(reference: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(reference);
  if (validate === undefined) throw new Error(`There is no schema at ${reference}.`);
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "" });
}

/** The schemas of answers are open, since they may grow. */
function closed(contract: object): object {
  return JSON.parse(JSON.stringify(contract), (_name, node) => {
    const isOpen = Object(node).type === "object" && "properties" in node && !("additionalProperties" in node);
    return isOpen ? { ...node, additionalProperties: false } : node;
  });
}
