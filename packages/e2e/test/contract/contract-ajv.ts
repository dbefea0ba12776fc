import { openapi } from "@memory-api/spec";
import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, validateFormats: true });
ajvFormats.default(ajv);
ajv.addVocabulary(["x-extensible-enum", ...Object.keys(openapi)]);
ajv.addSchema(openapi, "openapi.json");

/**
 * Why a value does not fit a schema of the contract, or `undefined` where it does. This Ajv knows nothing of Prism's.
 *
 * @param pointer JSON pointer of the schema in the bundle, as a URI fragment
 */
export function misfit(pointer: string, value: unknown): string | undefined {
  const validate = ajv.getSchema(`openapi.json${pointer}`);
  if (validate === undefined) throw new Error(`There is no schema at ${pointer}.`);
  return validate(value) ? undefined : ajv.errorsText(validate.errors, { dataVar: "" });
}
