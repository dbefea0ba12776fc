import { announcementOf, type ContractOperation, deprecationText, operationsOf } from "@memory-api/spec";
import type { OpenAPIV3_1 } from "openapi-types";
import { tsdoc } from "./tsdoc.ts";

/** A type alias with its comment. */
interface Alias {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/**
 * Returns the source of the named types: one for each schema, and `<Operation>Request`, `<Operation>Response` and `<Operation>Error`
 * for each operation. If a schema already has such a name, the name refers to the schema. Editors show the comment of an
 * alias and not the comment of the aliased type, so each alias has its own.
 */
export function contractNames(bundle: OpenAPIV3_1.Document): string {
  const ofSchemas = Object.entries(bundle.components?.schemas ?? {}).map(([name, schema]): Alias => {
    const { description, default: fallback, examples } = schema;
    const comment = tsdoc({ text: description ?? name, default: fallback, examples });
    return { name, type: isOpenEnum(schema) ? openEnum(schema) : `components["schemas"]["${name}"]`, comment };
  });
  const taken = new Set(ofSchemas.map(({ name }) => name));
  const ofOperations = operationsOf(bundle).flatMap(aliasesOf);
  return [
    'import type { ErrorOf, RequestOf, ResponseOf } from "../operation-types.ts";',
    'import type { components } from "./openapi.ts";',
    ...[...ofSchemas, ...ofOperations.filter(({ name }) => !taken.has(name))].map(
      ({ name, type, comment }) => `\n/*${comment}*/\nexport type ${name} = ${type};`,
    ),
    "",
  ].join("\n");
}

function aliasesOf({ id, operation }: ContractOperation): Alias[] {
  const name = id.charAt(0).toUpperCase() + id.slice(1);
  const { requestBody, responses = {} } = operation;
  // The types of a deprecated operation are deprecated with it.
  const announcement = announcementOf(operation);
  const tag = announcement === undefined ? "" : `@deprecated ${deprecationText(announcement)}`;
  const comment = (text: string) => tsdoc({ text: `${text.trim()}\n\n${tag}` });
  const statuses = Object.keys(responses);
  const success = statuses.find((status) => status.startsWith("2")) ?? "";
  const errors = statuses.filter((status) => /^[45]/.test(status)).join(", ");
  const aliases = [
    {
      name: `${name}Response`,
      type: `ResponseOf<"${id}">`,
      comment: comment(
        `Body of a successful response of \`${id}\` (${success}).\n\n${descriptionOf(responses[success])}`,
      ),
    },
    {
      name: `${name}Error`,
      type: `ErrorOf<"${id}">`,
      comment: comment(`Body of an error response of \`${id}\`, discriminated by \`status\`: ${errors}.`),
    },
  ];
  if (requestBody === undefined) return aliases;
  const text = `Request body of \`${id}\`.\n\n${descriptionOf(requestBody)}`;
  return [{ name: `${name}Request`, type: `RequestOf<"${id}">`, comment: comment(text) }, ...aliases];
}

/** Whether the enum is one of strings that may grow. */
export function isOpenEnum(schema: object): boolean {
  const isExtensible = "x-extensible-enum" in schema && schema["x-extensible-enum"] === true;
  return isExtensible && "type" in schema && schema.type === "string";
}

/** The known values or any other string. `(string & {})` keeps completion for the known values. */
function openEnum({ enum: values = [] }: OpenAPIV3_1.SchemaObject): string {
  return [...values.map((value) => JSON.stringify(value)), "(string & {})"].join(" | ");
}

function descriptionOf(part: { description?: string } | undefined): string {
  return part?.description ?? "";
}
