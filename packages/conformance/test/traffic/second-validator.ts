import { openapi } from "@memory-api/spec";
import { operations } from "@memory-api/types";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import type { RecordedExchange } from "./record.ts";

const ajv = new Ajv2020({ strict: false, allErrors: true });
formats.default(ajv);
ajv.addKeyword("x-decision");
ajv.addSchema(Object(openapi), "openapi");
const compiled = new Map<string, ValidateFunction>();

/** Judges a response by the contract, without any code of the kit. @returns what is wrong with it */
export function problemsOf({ operationId, exchange: { request, response } }: RecordedExchange): string[] {
  const { status, headers, body } = response;
  const text = new TextDecoder().decode(body);
  const isError = status >= 400 && request.method !== "HEAD";
  const problems = isError ? invalid("#/components/schemas/ErrorBody", text) : [];
  if (operationId === undefined) return problems;
  const { method, path } = operations[operationId];
  const statuses: readonly number[] = operations[operationId].statuses;
  if (!statuses.includes(status)) return [...problems, `${operationId} does not document ${status}`];
  const pointer = `#/paths/${path.replaceAll("/", "~1")}/${method.toLowerCase()}/responses/${status}`;
  const documented = at(pointer);
  const [schema] = documented.pointers;
  if (schema === undefined) return text === "" ? problems : [...problems, "The response must have no body"];
  if (headers["content-type"]?.[0]?.split(";")[0] !== "application/json") problems.push("The body is not JSON");
  return [...problems, ...invalid(schema, text)];
}

function invalid(pointer: string, text: string): string[] {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return ["The body is not valid JSON"];
  }
  const encoded = `openapi${pointer.replace(/[{}]/g, encodeURIComponent)}`;
  const validate = compiled.get(encoded) ?? ajv.compile({ $ref: encoded });
  compiled.set(encoded, validate);
  return validate(json) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
}

/** The JSON pointer of the schema of a documented response. */
function at(pointer: string): { readonly pointers: readonly string[] } {
  let found = pointer;
  let value = Object(valueAt(found));
  while (typeof value.$ref === "string") {
    found = value.$ref;
    value = Object(valueAt(found));
  }
  const has = Object(value.content)["application/json"] !== undefined;
  return { pointers: has ? [`${found}/content/application~1json/schema`] : [] };
}

function valueAt(pointer: string): unknown {
  const tokens = pointer.slice(2).split("/");
  return tokens.reduce<unknown>(
    (value, token) => Object(value)[token.replaceAll("~1", "/").replaceAll("~0", "~")],
    openapi,
  );
}
