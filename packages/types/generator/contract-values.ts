import type { OpenAPIV3_1 } from "openapi-types";
import { operationsOf, type PlacedOperation } from "./operations-of.ts";

/** Source of the values: what code has to know of the contract at run time. It depends on nothing. */
export function contractValues(bundle: OpenAPIV3_1.Document): string {
  const schemas = Object.entries(bundle.components?.schemas ?? {});
  const operations = operationsOf(bundle).map((placed) => [placed.id, describe(bundle, placed)] as const);
  const patterns = schemas.flatMap(([name, { pattern }]) =>
    pattern === undefined ? [] : [`  ${JSON.stringify(name)}: /${new RegExp(pattern, "u").source}/u,\n`],
  );
  const enums = schemas.flatMap(([name, schema]) => (schema.enum === undefined ? [] : [[name, schema.enum] as const]));
  return [
    `/** Where the live service is, without a slash at the end. */\nexport const baseUrl = ${JSON.stringify(bundle.servers?.[0]?.url)};\n`,
    constant(
      "operations",
      "Each operation: where it stands, what it may answer and what a success always has, whether it may be repeated.",
      operations,
    ),
    `/** The patterns, by schema. */\nexport const patterns = {\n${patterns.join("")}} as const;\n`,
    constant("enums", "The values of each enum, by schema.", enums),
  ].join("\n");
}

function describe(bundle: OpenAPIV3_1.Document, { id, method, path, pathItem, operation }: PlacedOperation) {
  const parameters = [...(pathItem.parameters ?? []), ...(operation.parameters ?? [])].map((parameter) => {
    const found = "$ref" in parameter ? bundle.components?.parameters?.[lastOf(parameter.$ref)] : parameter;
    if (found === undefined || "$ref" in found || found.schema === undefined || !("$ref" in found.schema)) {
      throw new Error(`${id}: a parameter does not lead to a named schema.`);
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
    answer: promisedBy(bundle, operation),
    authenticated: operation.security?.length !== 0,
    repeatable: operation["x-repeatable"] === true,
  };
}

/** The properties that the JSON of every success has. */
function promisedBy(bundle: OpenAPIV3_1.Document, { responses = {} }: OpenAPIV3_1.OperationObject): string[] {
  const [status = ""] = Object.keys(responses).filter((each) => each.startsWith("2"));
  const success = responses[status];
  const schema = success && "content" in success ? success.content?.["application/json"]?.schema : undefined;
  const named = schema && "$ref" in schema ? bundle.components?.schemas?.[lastOf(schema.$ref)] : schema;
  return named?.required ?? [];
}

function constant(name: string, says: string, entries: (readonly [string, unknown])[]): string {
  return `/** ${says} */\nexport const ${name} = ${JSON.stringify(Object.fromEntries(entries), null, 2)} as const;\n`;
}

function lastOf(reference: string): string {
  return reference.slice(reference.lastIndexOf("/") + 1);
}
