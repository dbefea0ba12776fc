import { Ajv2020 } from "ajv/dist/2020.js";
import ajvFormats from "ajv-formats";
import type { JsonSchema, JsonValue } from "../../src/index.ts";

/**
 * Returns a validator of a schema, as Ajv compiles it without any change of ours.
 *
 * @param root the document that local references refer to, and the pointer of the schema in it
 */
export function judgeOf(
  schema: JsonSchema,
  root?: { document: object; pointer: string },
): (value: JsonValue) => boolean {
  const ajv = new Ajv2020({ strict: false, logger: false });
  ajvFormats.default(ajv);
  if (root === undefined) {
    const validate = ajv.compile(typeof schema === "boolean" ? schema : { ...schema });
    return (value) => validate(value) === true;
  }
  ajv.addSchema(root.document, "https://example.com/document");
  const validate = ajv.compile({ $ref: `https://example.com/document#${root.pointer}` });
  return (value) => validate(value) === true;
}
