import { openapi } from "@memory-api/spec";
import { type OperationId, operations } from "@memory-api/types";
import type { OpenAPIV3_1 } from "openapi-types";

export type Schema = OpenAPIV3_1.SchemaObject;

/** An operation of the contract. References are resolved, except those inside parameters, media types and responses. */
export interface ContractOperation {
  readonly id: OperationId;
  readonly method: string;
  readonly path: string;
  readonly authenticated: boolean;
  readonly parameters: readonly OpenAPIV3_1.ParameterObject[];
  readonly body: { mediaType: string; content: OpenAPIV3_1.MediaTypeObject } | undefined;
  /** `pointer` is the JSON pointer of the response in the bundle, as a URI fragment. */
  readonly responses: readonly { status: number; response: OpenAPIV3_1.ResponseObject; pointer: string }[];
}

/** All operations of the contract. */
export const contractOperations: readonly ContractOperation[] = Object.values(operations).map((operation) => {
  const pathItem = openapi.paths?.[operation.path];
  const described = pathItem?.[methodKey(operation.method)];
  if (pathItem === undefined || described === undefined) throw new Error(`${operation.id} is not in the contract.`);
  const parameters = [...(pathItem.parameters ?? []), ...(described.parameters ?? [])];
  const requestBody = dereference<OpenAPIV3_1.RequestBodyObject>(described.requestBody ?? { content: {} });
  const [mediaType, content] = Object.entries(requestBody.content)[0] ?? [];
  const responsesPointer = `#/paths/${pointerToken(operation.path)}/${methodKey(operation.method)}/responses`;
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    authenticated: operation.authenticated,
    parameters: parameters.map((parameter) => dereference(parameter)),
    body: mediaType !== undefined && content !== undefined ? { mediaType, content } : undefined,
    responses: Object.entries(described.responses ?? {}).map(([status, response]) => ({
      status: Number(status),
      response: dereference(response),
      pointer: "$ref" in response ? response.$ref : `${responsesPointer}/${status}`,
    })),
  };
});

/** Returns the node that a reference points to, following further references. Other nodes are returned unchanged. */
export function dereference<Node>(node: object): Node {
  return "$ref" in node ? dereference(nodeAt(String(node.$ref))) : (node as Node);
}

/** Returns the node of the bundle at a JSON pointer. */
export function nodeAt(pointer: string): object {
  const node = pointer
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((parent: unknown, key) => Reflect.get(Object(parent), key), openapi);
  return Object(node);
}

/** Escapes a name as a token of a JSON pointer in a URI fragment. */
export function pointerToken(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function methodKey(method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE") {
  const keys = { GET: "get", PUT: "put", POST: "post", PATCH: "patch", DELETE: "delete" } as const;
  return keys[method];
}
