import type { OpenAPIV3_1 } from "openapi-types";
import type { Contract } from "./contract.ts";
import { isUnstorable } from "./identifiers.ts";

/** What the contract says about the text of a parameter. `open`: it does not say whether it is accepted. */
export type ParameterJudgement = "valid" | "invalid" | "open";

const INTEGER = /^(?:0|-?[1-9]\d*)$/;
/** Texts that some implementations read as a number, and others do not: `1.0`, `1e2`, `+5`, `05`, `0x10`, ` 5`. */
const NUMBER_LIKE = /^[\s+-]*(?:\d|\.\d|0x)/i;
const FRACTION = /^-?\d+\.\d*[1-9]\d*$/;

/** @param text the decoded text of the parameter */
export function judgeParameter(
  contract: Contract,
  parameter: OpenAPIV3_1.ParameterObject,
  text: string,
): ParameterJudgement {
  const { pointer, schema } = schemaOf(contract, parameter);
  const validate = contract.validatorAt(pointer);
  if (schema.type === "integer") {
    if (INTEGER.test(text)) return validate(Number(text)) ? "valid" : "invalid";
    return NUMBER_LIKE.test(text) && !FRACTION.test(text) ? "open" : "invalid";
  }
  if (!validate(text)) return "invalid";
  return PROSE[parameter.name]?.(contract, text) ?? (isUnstorable(text) ? "open" : "valid");
}

/** What the descriptions of parameters add to their schemas. */
const PROSE: Readonly<Record<string, (contract: Contract, text: string) => ParameterJudgement>> = {
  // A token that was not issued is rejected. An empty one may be read as none.
  pageToken: (_, text) => (text === "" ? "open" : "invalid"),
  token: (_, text) => (text === "" ? "open" : "invalid"),
  // Names that no store can declare.
  traitGroups: (contract, text) => {
    const isName = contract.validatorAt("/components/schemas/TraitGroupName");
    return text.split(",").every((name) => isName(name)) ? "valid" : "open";
  },
};

/** The schema of a parameter, without references. */
export function schemaOf(contract: Contract, parameter: OpenAPIV3_1.ParameterObject) {
  const { schema } = parameter;
  if (schema === undefined || !("$ref" in schema) || typeof schema.$ref !== "string") {
    throw new Error(`The parameter ${parameter.name} has no named schema.`);
  }
  return { pointer: schema.$ref.slice(1), schema: contract.resolve<OpenAPIV3_1.SchemaObject>(schema) };
}
