import { openapi } from "../index.js";
import { contractAjv } from "./compile-schemas.js";

/**
 * @typedef {{ name: string, in: string, value: unknown }} Parameter
 * @typedef {Parameter | { reference: string }} Given
 * @typedef {object} Step
 * @property {string} stepId
 * @property {string} [operationId] absent where the step calls a URL
 * @property {Given[]} [parameters]
 * @property {{ contentType: string, payload: unknown }} [requestBody]
 * @property {{ condition: string }[]} [successCriteria]
 * @typedef {object} Arazzo
 * @property {{ parameters?: Given[], steps: Step[] }[]} workflows
 * @property {{ parameters?: Record<string, Parameter> }} [components]
 * @typedef {{ in: string, name: string, required?: boolean }} Described
 */

const ajv = contractAjv(openapi);

/** The operations by ID: their parameters, and where the schema of a JSON body stands. */
const operations = new Map(
  Object.entries(openapi.paths ?? {}).flatMap(([path, item = {}]) =>
    /** @type {const} */ (["get", "put", "post", "patch", "delete"]).flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map(described);
      const place = `openapi.json#/paths/${encodeURIComponent(path.replaceAll("/", "~1"))}/${method}`;
      const body = `${place}/requestBody/content/application~1json/schema`;
      return [/** @type {const} */ ([operation.operationId, { parameters, body }])];
    }),
  ),
);

/**
 * @param {object} parameter or a reference to one
 * @returns {Described}
 */
function described(parameter) {
  const name = "$ref" in parameter ? String(parameter.$ref).replace("#/components/parameters/", "") : "";
  return /** @type {Described} */ (openapi.components?.parameters?.[name] ?? parameter);
}

/**
 * Where the steps of a workflow ask for what the contract does not have: an operation, a parameter, a body.
 *
 * @param {Arazzo} arazzo
 * @returns {string[]} each with the name of its step
 */
export function workflowFaults({ workflows, components }) {
  /** @param {Given} given */
  const named = (given) => {
    if (!("reference" in given)) return given;
    const name = given.reference.replace("$components.parameters.", "");
    return components?.parameters?.[name] ?? { in: "unknown", name: given.reference };
  };
  return workflows.flatMap(({ parameters: ofAll = [], steps }) =>
    steps.flatMap((step) => {
      const parameters = [...ofAll, ...(step.parameters ?? [])].map(named).map(nameOf);
      return faultsOfStep(step, parameters).map((fault) => `${step.stepId}: ${fault}`);
    }),
  );
}

/**
 * @param {Step} step
 * @param {string[]} given names of parameters
 */
function faultsOfStep({ operationId, requestBody, successCriteria = [] }, given) {
  if (operationId === undefined) return [];
  const operation = operations.get(operationId);
  if (operation === undefined) return [`there is no operation ${operationId}`];
  const known = operation.parameters.map(nameOf);
  const needed = operation.parameters.filter((parameter) => parameter.in === "path").map(nameOf);
  const isRefused = successCriteria.some(({ condition }) => /^\$statusCode == 400$/.test(condition));
  return [
    ...given.filter((name) => !known.includes(name)).map((name) => `${operationId} has no ${name}`),
    ...needed.filter((name) => !given.includes(name)).map((name) => `${operationId} needs ${name}`),
    ...(requestBody?.contentType.startsWith("application/json") && !isRefused
      ? misfits(operation.body, requestBody.payload)
      : []),
  ];
}

/** @param {{ in: string, name: string }} parameter */
function nameOf({ in: place, name }) {
  return `${place} parameter ${name}`;
}

/**
 * What of a payload does not fit. Text with an expression in it is text; what is an expression as a whole may become
 * anything, so that nothing is said of it.
 *
 * @param {string} schema
 * @param {unknown} payload
 */
function misfits(schema, payload) {
  const validate = ajv.getSchema(schema);
  if (validate === undefined) return ["the operation takes no JSON"];
  validate(payload);
  return (validate.errors ?? [])
    .filter(({ instancePath }) => !isExpression(at(payload, instancePath)))
    .map(({ instancePath, message }) => `payload${instancePath} ${message}`);
}

/** @param {unknown} value */
function isExpression(value) {
  return typeof value === "string" && value.startsWith("$");
}

/**
 * @param {unknown} value
 * @param {string} pointer
 */
function at(value, pointer) {
  const keys = pointer.split("/").slice(1);
  return keys.reduce((/** @type {unknown} */ node, key) => Reflect.get(Object(node), key), value);
}
