import { openapi } from "@memory-api/spec";
import { type OperationId, operations } from "@memory-api/types";
import type { OpenAPIV3_1 } from "openapi-types";

export type Schema = OpenAPIV3_1.SchemaObject;

/** What the contract says of one operation, with the references of its own level resolved. */
export interface ContractOperation {
  readonly id: OperationId;
  readonly method: string;
  readonly path: string;
  readonly authenticated: boolean;
  readonly parameters: readonly OpenAPIV3_1.ParameterObject[];
  readonly body: { mediaType: string; content: OpenAPIV3_1.MediaTypeObject } | undefined;
  readonly responses: readonly { status: number; response: OpenAPIV3_1.ResponseObject; pointer: string }[];
}

/** The operations of the contract: nine and the upload. */
export const contractOperations: readonly ContractOperation[] = Object.values(operations).map((operation) => {
  const pathItem = openapi.paths?.[operation.path];
  const described = pathItem?.[methodKey(operation.method)];
  if (pathItem === undefined || described === undefined) throw new Error(`${operation.id} is not in the contract.`);
  const parameters = [...(pathItem.parameters ?? []), ...(described.parameters ?? [])];
  const requestBody = resolved<OpenAPIV3_1.RequestBodyObject>(described.requestBody ?? { content: {} });
  const [mediaType, content] = Object.entries(requestBody.content)[0] ?? [];
  const place = `#/paths/${fragment(operation.path)}/${methodKey(operation.method)}/responses`;
  return {
    id: operation.id,
    method: operation.method,
    path: operation.path,
    authenticated: operation.authenticated,
    parameters: parameters.map((parameter) => resolved(parameter)),
    body: mediaType !== undefined && content !== undefined ? { mediaType, content } : undefined,
    responses: Object.entries(described.responses ?? {}).map(([status, response]) => ({
      status: Number(status),
      response: resolved(response),
      pointer: "$ref" in response ? response.$ref : `${place}/${status}`,
    })),
  };
});

/** What a reference of the bundle leads to, or the thing itself where it is none. */
export function resolved<Node>(node: object): Node {
  return "$ref" in node ? resolved(referenced(String(node.$ref))) : (node as Node);
}

/** What one reference of the bundle points to, which may be another. */
export function referenced(reference: string): object {
  const target = reference
    .slice(2)
    .split("/")
    .map((token) => decodeURIComponent(token).replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((at: unknown, key) => Reflect.get(Object(at), key), openapi);
  return Object(target);
}

/** A name as a token of a JSON pointer in a URI fragment. */
export function fragment(name: string): string {
  return encodeURIComponent(name.replaceAll("~", "~0").replaceAll("/", "~1"));
}

function methodKey(method: "GET" | "PUT" | "POST" | "PATCH" | "DELETE") {
  const keys = { GET: "get", PUT: "put", POST: "post", PATCH: "patch", DELETE: "delete" } as const;
  return keys[method];
}
