import { openapi, operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";
import { type Referable, resolve, type Schema } from "./document.ts";

/** An operation, with everything that it inherits from its path and from the document. */
export interface Operation {
  readonly id: string;
  /** In capitals, such as `GET`. */
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Markdown. */
  readonly description: string;
  readonly tag: string;
  readonly isRepeatable: boolean;
  readonly isAuthenticated: boolean;
  readonly isDeprecated: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: Body;
  readonly responses: readonly Response[];
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly description: string;
  readonly isRequired: boolean;
  readonly isDeprecated: boolean;
  readonly schema: Referable<Schema>;
}

interface Body {
  readonly description: string;
  readonly isRequired: boolean;
  readonly contents: readonly Content[];
}

interface Response {
  readonly status: string;
  readonly description: string;
  readonly headers: readonly Parameter[];
  readonly contents: readonly Content[];
}

export interface Content {
  readonly mediaType: string;
  readonly schema?: Referable<Schema>;
  readonly examples: readonly Example[];
}

interface Example {
  readonly name: string;
  readonly summary: string;
  readonly description: string;
  readonly value: unknown;
}

/** All operations, by path and method in the order of the contract. */
export const operations: readonly Operation[] = operationsOf(openapi).map(
  ({ id, method, path, pathItem, operation }) => ({
    id,
    method: method.toUpperCase(),
    path,
    summary: operation.summary ?? id,
    description: operation.description ?? "",
    tag: operation.tags?.[0] ?? "Other",
    isRepeatable: operation["x-repeatable"] === true,
    isAuthenticated: (operation.security ?? openapi.security ?? []).length > 0,
    isDeprecated: operation.deprecated === true,
    parameters: mergedParameters(pathItem.parameters, operation.parameters),
    ...(operation.requestBody && { body: bodyOf(operation.requestBody) }),
    responses: Object.entries(operation.responses ?? {}).map(([status, response]) => responseOf(status, response)),
  }),
);

/** The tags that have operations, in the order of their first operation. */
export const tags: readonly string[] = [...new Set(operations.map(({ tag }) => tag))];

/** A parameter of the operation replaces one of the path with the same name and place. */
function mergedParameters(...lists: readonly (readonly Referable<OpenAPIV3_1.ParameterObject>[] | undefined)[]) {
  const merged = new Map<string, Parameter>();
  for (const given of lists.flatMap((list) => list ?? [])) {
    const parameter = resolve<OpenAPIV3_1.ParameterObject>(given);
    merged.set(`${parameter.in} ${parameter.name}`, parameterOf(parameter.name, parameter.in, parameter));
  }
  return [...merged.values()];
}

function parameterOf(name: string, place: string, given: Referable<OpenAPIV3_1.HeaderObject>): Parameter {
  const parameter = resolve<OpenAPIV3_1.HeaderObject>(given);
  return {
    name,
    in: place,
    description: parameter.description ?? "",
    isRequired: parameter.required === true,
    isDeprecated: parameter.deprecated === true,
    schema: (parameter.schema ?? {}) as Referable<Schema>,
  };
}

function bodyOf(given: Referable<OpenAPIV3_1.RequestBodyObject>): Body {
  const body = resolve<OpenAPIV3_1.RequestBodyObject>(given);
  return {
    description: body.description ?? "",
    isRequired: body.required === true,
    contents: contentsOf(body.content),
  };
}

function responseOf(status: string, given: Referable<OpenAPIV3_1.ResponseObject>): Response {
  const response = resolve<OpenAPIV3_1.ResponseObject>(given);
  return {
    status,
    description: response.description,
    headers: Object.entries(response.headers ?? {}).map(([name, header]) => parameterOf(name, "header", header)),
    contents: contentsOf(response.content),
  };
}

function contentsOf(content: Record<string, OpenAPIV3_1.MediaTypeObject> = {}): Content[] {
  return Object.entries(content).map(([mediaType, { schema, examples = {} }]) => ({
    mediaType,
    ...(schema && { schema: schema as Referable<Schema> }),
    examples: Object.entries(examples).map(([name, given]) => {
      const { summary = name, description = "", value } = resolve<OpenAPIV3_1.ExampleObject>(given);
      return { name, summary, description, value };
    }),
  }));
}
