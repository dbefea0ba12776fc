import { type ContractOperation, operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";

/** Written by hand in src/operations: it takes the URL of the created import and bytes, not JSON. */
const BY_HAND = "uploadImportFile";

const isGenerated = ({ id }: ContractOperation) => id !== BY_HAND;

/** Returns the source of one function for each operation of the contract that takes and returns JSON. */
export function operationFunctions(bundle: OpenAPIV3_1.Document): string {
  const functions = operationsOf(bundle)
    .filter(isGenerated)
    .map((operation) => functionOf(bundle, operation));
  return `import type { ApiPromise } from "../connection/api-promise.ts";
import { callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { OperationArguments } from "../operations/operation-arguments.ts";

${functions.join("\n")}`;
}

/** Returns the source of the table of all operations. */
export function operationTable(bundle: OpenAPIV3_1.Document): string {
  const operations = operationsOf(bundle);
  const imported = operations.filter(isGenerated).map(({ id }) => `  ${id},\n`);
  return `import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { Operations } from "../operations/operation-arguments.ts";
import { ${BY_HAND} } from "../operations/upload-import-file.ts";
import {
${imported.join("")}} from "./operations.ts";

/** Returns the operations of the contract by ID, bound to a connection. */
export function boundOperations(connection: Connection): Operations {
  function bound<Given, Result>(call: (connection: Connection, given: Given, options?: CallOptions) => Result) {
    return (given: Given, options?: CallOptions) => call(connection, given, options);
  }
  return {
${operations.map(({ id }) => `    ${id}: bound(${id}),`).join("\n")}
  };
}
`;
}

function functionOf(bundle: OpenAPIV3_1.Document, placed: ContractOperation): string {
  const { id, operation } = placed;
  const { summary, description = "", responses = {} } = operation;
  const canMove = Object.keys(responses).some((status) => status.startsWith("3"));
  const comment = [
    `${summary}.`,
    "",
    ...description.trim().split("\n"),
    "",
    "@throws {MemoryApiError} if the response is not successful",
    ...(canMove ? ["@throws {ProfileMovedError} if the profile was merged into another profile"] : []),
    "@throws {ConnectionError} if no complete response arrived",
    "@throws {TimeLimitError} if no response arrived in time",
    "@throws {InvalidParameterError} if a path parameter does not match its pattern; nothing is sent",
    "",
    "@example",
    ...exampleOf(bundle, placed).split("\n"),
  ];
  return `/**
${comment.map((line) => ` * ${line}`.trimEnd()).join("\n")}
 */
export function ${id}(
  connection: Connection,
  given: OperationArguments<"${id}">,
  options?: CallOptions,
): ApiPromise<"${id}"> {
  return callOperation(connection, "${id}", given, options);
}
`;
}

function exampleOf(bundle: OpenAPIV3_1.Document, { id, pathItem, operation }: ContractOperation): string {
  const [success] = Object.entries(operation.responses ?? {}).filter(([status]) => status.startsWith("2"));
  const { required = [] } = jsonSchemaOf(bundle, success?.[1]);
  const names = required.length > 1 ? required.filter((name) => name !== "message") : required;
  const parameters = (pathItem.parameters ?? []).map((parameter) => resolved(bundle, parameter));
  const path = `path: { ${parameters.map(({ name }) => name).join(", ")} }`;
  const call = `const { ${names.join(", ")} } = await ${id}(connection, {`;
  if (operation.requestBody === undefined) return `${call} ${path} });`;
  // The example of the schema, which is shorter than those of the operation.
  const { examples = [] } = jsonSchemaOf(bundle, operation.requestBody);
  return `${call}\n  ${path},\n  body: ${literal(examples[0], "  ")},\n});`;
}

/** The schema of the JSON of a request body or a response. */
function jsonSchemaOf(
  bundle: OpenAPIV3_1.Document,
  message: OpenAPIV3_1.RequestBodyObject | OpenAPIV3_1.ResponseObject | OpenAPIV3_1.ReferenceObject | undefined,
): OpenAPIV3_1.SchemaObject {
  const schema =
    message !== undefined && "content" in message ? message.content?.["application/json"]?.schema : undefined;
  return schema === undefined ? {} : resolved(bundle, schema);
}

/** What a reference within the components points to. */
function resolved<Node extends object>(bundle: OpenAPIV3_1.Document, node: Node | OpenAPIV3_1.ReferenceObject): Node {
  if (!("$ref" in node)) return node;
  return node.$ref
    .split("/")
    .slice(1)
    .reduce((parent: unknown, key) => Reflect.get(Object(parent), key), bundle) as Node;
}

/** A JavaScript literal, on one line if it is short. */
function literal(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const deeper = `${indent}  `;
  const membersAt = (place: string) =>
    Object.entries(value).map(([key, member]) => (isList ? "" : `${key}: `) + literal(member, place));
  const line = membersAt(indent).join(", ");
  if (line.length < 90 && !line.includes("\n")) return isList ? `[${line}]` : `{ ${line} }`;
  const lines = membersAt(deeper).map((member) => `${deeper}${member},\n`);
  return `${isList ? "[" : "{"}\n${lines.join("")}${indent}${isList ? "]" : "}"}`;
}
