import { type ContractOperation, operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";

/** Returns the source of the values that code needs at run time. It has no imports. */
export function contractValues(bundle: OpenAPIV3_1.Document): string {
  const schemas = Object.entries(bundle.components?.schemas ?? {});
  const operations = operationsOf(bundle).map((placed) => [placed.id, describe(bundle, placed)] as const);
  const patterns = schemas.flatMap(([name, { pattern }]) =>
    pattern === undefined ? [] : [`  ${JSON.stringify(name)}: /${new RegExp(pattern, "u").source}/u,\n`],
  );
  // JSON omits those that are undefined.
  const enums = schemas.map(([name, schema]) => [name, schema.enum] as const);
  return [
    `/** Base URL of the live service, without a trailing slash. */\nexport const baseUrl = ${JSON.stringify(bundle.servers?.[0]?.url)};\n`,
    constant(
      "operations",
      "Each operation: its method and path, its parameters, its statuses, the required properties of its success, and whether it is repeatable.",
      operations,
    ),
    `/** The patterns by schema name. */\nexport const patterns = {\n${patterns.join("")}} as const;\n`,
    constant("enums", "The enum values by schema name.", enums),
  ].join("\n");
}

function describe(bundle: OpenAPIV3_1.Document, { id, method, path, pathItem, operation }: ContractOperation) {
  const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => {
    const found = "$ref" in parameter ? bundle.components?.parameters?.[lastOf(parameter.$ref)] : parameter;
    if (found === undefined || "$ref" in found || found.schema === undefined || !("$ref" in found.schema)) {
      throw new Error(`${id}: a parameter does not refer to a named schema.`);
    }
    return { in: found.in, name: found.name, schema: lastOf(found.schema.$ref) };
  });
  const named = (place: string) =>
    Object.fromEntries(parameters.filter((found) => found.in === place).map(({ name, schema }) => [name, schema]));
  const body = operation.requestBody;
  return {
    id,
    method: method.toUpperCase(),
    path,
    pathParameters: named("path"),
    queryParameters: named("query"),
    mediaType: body !== undefined && "content" in body ? (Object.keys(body.content)[0] ?? null) : null,
    statuses: Object.keys(operation.responses ?? {}).map(Number),
    requiredProperties: requiredPropertiesOf(bundle, operation),
    authenticated: operation.security?.length !== 0,
    repeatable: operation["x-repeatable"] === true,
  };
}

/** The required properties of the successful response. */
function requiredPropertiesOf(bundle: OpenAPIV3_1.Document, { responses = {} }: OpenAPIV3_1.OperationObject): string[] {
  const [status = ""] = Object.keys(responses).filter((each) => each.startsWith("2"));
  const success = responses[status];
  const schema = success && "content" in success ? success.content?.["application/json"]?.schema : undefined;
  const named = schema && "$ref" in schema ? bundle.components?.schemas?.[lastOf(schema.$ref)] : schema;
  return named?.required ?? [];
}

function constant(name: string, comment: string, entries: (readonly [string, unknown])[]): string {
  return `/** ${comment} */\nexport const ${name} = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const;\n`;
}

function lastOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
