import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { contract, openapi } from "@memory-api/spec";
import { operations } from "@memory-api/types";
import { Ajv2020 } from "ajv/dist/2020.js";
import standaloneCode from "ajv/dist/standalone/index.js";
import fastJsonStringify from "fast-json-stringify";

const require = createRequire(import.meta.url);
const COMPONENT = "#/components/schemas/";
const ERROR_BODY = "ErrorBody";

/**
 * Generates code from the contract: `check-request.js` validates requests (Ajv), `write-response.cjs` serializes responses
 * (fast-json-stringify). Also writes their types.
 *
 * @param folder output folder; created if it does not exist
 * @throws {Error} if a body or a parameter of the contract does not reference a schema in `components`
 */
export async function generateContract(folder: string): Promise<void> {
  const banner = `/**
 * Generated: do not edit. Regenerate it with \`npx -y pnpm@12 build\`.
 *
 * By build/generate-contract.ts from openapi.json with SHA-256 ${contract.sha256},
 * with ajv ${versionOf("ajv")} and fast-json-stringify ${versionOf("fast-json-stringify")}.
 */
`;
  const files = {
    "check-request.js": checkRequest(),
    "check-request.d.ts": CHECK_REQUEST_TYPES,
    "write-response.cjs": writeResponse(),
    "write-response.d.cts": WRITE_RESPONSE_TYPES,
  };
  await mkdir(folder, { recursive: true });
  for (const [name, source] of Object.entries(files)) await writeFile(join(folder, name), banner + source);
}

/** A function for each request schema, and the name of the body schema of each operation. */
function checkRequest(): string {
  // Verbose, so that an error includes the schema that it violates, which the message explains.
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, verbose: true, code: { source: true, esm: true } });
  ajv.addVocabulary(["x-decision", "x-deprecation", "x-extensible-enum", ...Object.keys(openapi)]);
  ajv.addSchema(openapi, "openapi.json");

  const bodies = Object.fromEntries(
    operationObjects().flatMap(([id, { requestBody }]) => {
      const schema = Object(requestBody).content?.["application/json"]?.schema;
      return schema ? [[id, componentOf(schema)]] : [];
    }),
  );
  const parameters = Object.values(operations).flatMap((operation) =>
    Object.values({ ...operation.pathParameters, ...operation.queryParameters }),
  );
  const names = [...new Set([...Object.values(bodies), ...parameters])].sort();
  const numbers = names.filter((name) =>
    ["integer", "number"].includes(Object(openapi.components?.schemas?.[name]).type),
  );
  const refs = Object.fromEntries(names.map((name) => [name, `openapi.json${COMPONENT}${name}`]));
  // The module that Ajv generates still loads its runtime with require.
  return `import { createRequire } from "node:module";
const require = createRequire(import.meta.url);
${standaloneCode.default(ajv, refs)}
export const checkParameter = { ${parametersOf(names, bodies).join(", ")} };
export const checkBody = { ${Object.entries(bodies)
    .map((entry) => entry.join(": "))
    .join(", ")} };
export const numericParameters = new Set(${JSON.stringify(numbers)});
`;
}

function parametersOf(names: readonly string[], bodies: Record<string, string>): string[] {
  const ofBodies = new Set(Object.values(bodies));
  return names.filter((name) => !ofBodies.has(name));
}

/** A function for each response body, keyed by \`operationId status\`, and one for the error body. */
function writeResponse(): string {
  const writers = operationObjects().flatMap(([id, { responses = {} }]) =>
    Object.entries(responses).flatMap(([status, response]) => {
      const schema = Object(resolve(response)).content?.["application/json"]?.schema;
      if (!schema) return [];
      const name = componentOf(schema);
      return name === ERROR_BODY ? [] : [`  "${id} ${status}": ${name},`];
    }),
  );
  const names = [...new Set(writers.map((line) => line.slice(line.indexOf(":") + 2, -1))), ERROR_BODY];
  const functions = names.map((name) => {
    const code = fastJsonStringify(responseSchema(name), { mode: "standalone" });
    return `const ${name} = (() => { const module = {};\n${code}\nreturn module.exports; })();\n`;
  });
  return `${functions.join("")}
exports.writeError = ${ERROR_BODY};
exports.writeResponse = {\n${writers.join("\n")}\n};
`;
}

/** The schema with every schema that it references. Type unions become untyped: the generator would write an array in one as a string. */
function responseSchema(name: string): object {
  const schemas = JSON.parse(JSON.stringify(openapi.components?.schemas), (key, value) => {
    if (key === "$ref") return value.replace(COMPONENT, "#/$defs/");
    return Array.isArray(Object(value).type) ? {} : value;
  });
  return { ...schemas[name], $defs: schemas };
}

function operationObjects() {
  return Object.values(operations).map(({ id, path, method }) => {
    const operation = Object(openapi.paths?.[path])[method.toLowerCase()];
    const { requestBody, responses }: { requestBody?: unknown; responses?: Record<string, unknown> } = operation;
    return [id, { requestBody, responses }] as const;
  });
}

function resolve(node: unknown): unknown {
  const { $ref } = Object(node);
  if (typeof $ref !== "string") return node;
  return $ref
    .slice(2)
    .split("/")
    .reduce<unknown>((parent, key) => Object(parent)[key], openapi);
}

function componentOf({ $ref }: { $ref?: string }): string {
  if (!$ref?.startsWith(COMPONENT)) throw new Error(`The schema ${JSON.stringify($ref)} must be a component.`);
  return $ref.slice(COMPONENT.length);
}

function versionOf(name: string): string {
  return require(`${name}/package.json`).version;
}

const CHECK_REQUEST_TYPES = `import type { OperationId, operations, RequestOf } from "@memory-api/types";
import type { ErrorObject } from "ajv";

export interface Check<T> {
  (value: unknown): value is T;
  /** Errors of the last call. */
  errors?: null | ErrorObject[];
}

/** Keyed by operation ID, for operations with a JSON body. */
export declare const checkBody: { readonly [Id in OperationId as (typeof operations)[Id]["mediaType"] extends "application/json" ? Id : never]: Check<RequestOf<Id>> };
/** Keyed by the name of the parameter's schema. */
export declare const checkParameter: { readonly [schema: string]: Check<unknown> };
/** Schema names of numeric parameters. */
export declare const numericParameters: ReadonlySet<string>;
`;

const WRITE_RESPONSE_TYPES = `import type { ErrorBody } from "@memory-api/types";

/** Keyed by operation ID and status, such as \`createProfile 202\`. */
export declare const writeResponse: { readonly [response: string]: (body: unknown) => string };
export declare const writeError: (body: ErrorBody) => string;
`;
