import { announcementOf, type ContractOperation, deprecationText, operationsOf } from "@memory-api/spec";
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
import type { OperationArguments, UncheckedPath } from "../operations/operation-arguments.ts";

${functions.join("\n")}`;
}

/** Returns the source of the table of all operations. */
export function operationTable(bundle: OpenAPIV3_1.Document): string {
  const operations = operationsOf(bundle);
  return `import { type CallArguments, callOperation } from "../connection/call-operation.ts";
import type { CallOptions } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { JsonOperationId, Operations, UploadArguments } from "../operations/operation-arguments.ts";
import { ${BY_HAND} } from "../operations/upload-import-file.ts";

/** Returns the operations of the contract by ID, bound to a connection. */
export function boundOperations(connection: Connection): Operations {
  function bound<Id extends JsonOperationId>(id: Id) {
    return (given: CallArguments, options?: CallOptions) => callOperation(connection, id, given, options);
  }
  return {
${operations
  .filter(isGenerated)
  .map(({ id }) => `    ${id}: bound("${id}"),`)
  .join("\n")}
    ${BY_HAND}: (given: UploadArguments, options?: CallOptions) => ${BY_HAND}(connection, given, options),
  };
}
`;
}

function functionOf(bundle: OpenAPIV3_1.Document, placed: ContractOperation): string {
  const { id, operation } = placed;
  const { summary = id, description = "", responses = {} } = operation;
  const announcement = announcementOf(operation);
  const canMove = Object.keys(responses).some((status) => status.startsWith("3"));
  const comment = [
    `${summary.replace(/\.$/, "")}.`,
    "",
    ...description.trim().split("\n"),
    "",
    ...(announcement === undefined ? [] : [`@deprecated ${deprecationText(announcement)}`]),
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
${comment.map((line) => ` * ${line.replaceAll("*/", "*\\/")}`.trimEnd()).join("\n")}
 */
export function ${id}<Path extends UncheckedPath<"${id}">>(
  connection: Connection,
  given: OperationArguments<"${id}", Path>,
  options?: CallOptions,
): ApiPromise<"${id}"> {
  return callOperation(connection, "${id}", given, options);
}
`;
}

function exampleOf({ components = {} }: OpenAPIV3_1.Document, { id, pathItem, operation }: ContractOperation): string {
  const [, success] = Object.entries(operation.responses ?? {}).find(([status]) => status.startsWith("2")) ?? [];
  const result = success && jsonSchemaOf(components, resolved(components.responses, success));
  if (result === undefined) throw new Error(`${id}: Its 2xx response is not JSON. Write it by hand in src/operations.`);
  const { required = [] } = result;
  const names = required.length > 1 ? required.filter((name) => name !== "message") : required;
  const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])]
    .map((parameter) => resolved(components.parameters, parameter))
    .filter((parameter) => parameter.in === "path");
  const path = `path: { ${[...new Set(parameters.map(({ name }) => name))].join(", ")} }`;
  const call = `const { ${names.join(", ")} } = await ${id}(connection, {`;
  if (operation.requestBody === undefined) return `${call} ${path} });`;
  const body = jsonSchemaOf(components, resolved(components.requestBodies, operation.requestBody));
  if (body === undefined) throw new Error(`${id}: Its request body is not JSON. Write it by hand in src/operations.`);
  // The example of the schema is shorter than those of the operation.
  const { examples = [] } = body;
  if (examples.length === 0) throw new Error(`${id}: Add "examples" to the schema of the request body.`);
  return `${call}\n  ${path},\n  body: ${literal(examples[0], "  ")},\n});`;
}

/** Returns the JSON schema of a request body or a response, if it has one. */
function jsonSchemaOf(
  components: OpenAPIV3_1.ComponentsObject,
  { content }: OpenAPIV3_1.RequestBodyObject | OpenAPIV3_1.ResponseObject,
): OpenAPIV3_1.SchemaObject | undefined {
  const schema = content?.["application/json"]?.schema;
  return schema && resolved(components.schemas, schema);
}

/** Returns the component that a reference points to, or the node itself. */
function resolved<Node extends object>(
  components: Record<string, Node | OpenAPIV3_1.ReferenceObject> = {},
  node: Node | OpenAPIV3_1.ReferenceObject,
): Node {
  if (!("$ref" in node)) return node;
  const target = components[node.$ref.slice(node.$ref.lastIndexOf("/") + 1)];
  if (target === undefined) throw new Error(`${node.$ref} is not in the contract.`);
  return resolved(components, target);
}

/** Returns a JavaScript literal, on one line if it is short. */
function literal(value: unknown, indent: string): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const isList = Array.isArray(value);
  const deeper = `${indent}  `;
  const membersAt = (memberIndent: string) =>
    Object.entries(value).map(([key, member]) => (isList ? "" : `${keyOf(key)}: `) + literal(member, memberIndent));
  const line = membersAt(indent).join(", ");
  if (line.length < 90 && !line.includes("\n")) return isList ? `[${line}]` : `{ ${line} }`;
  const lines = membersAt(deeper).map((member) => `${deeper}${member},\n`);
  return `${isList ? "[" : "{"}\n${lines.join("")}${indent}${isList ? "]" : "}"}`;
}

function keyOf(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
}
