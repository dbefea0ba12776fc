import { kebabCase, pascalCase, pathParametersOf } from "./names.ts";
import { hasBody, type NewOperation, resourceOf, statusOf } from "./operation.ts";
import {
  badRequest,
  REQUEST_EXAMPLE,
  REQUEST_SCHEMA,
  responseExample,
  responseSchema,
} from "./operation-components.ts";
import { insertSorted, type Tree } from "./tree.ts";

const VERBS = ["get", "post", "put", "patch", "delete"];
const PARAMETERS = "spec/components/parameters";

/** Adds the operation to its path, with its responses, schemas and examples. */
export function addToContract(tree: Tree, operation: NewOperation): void {
  const { id, path } = operation;
  const name = pascalCase(id);
  const entry = `  ${path}:`;
  const openapi = tree.read("spec/openapi.yaml");
  const [, known] = openapi.split(`\n${entry}\n    $ref: `).map((rest) => rest.split("\n", 1)[0]);
  const file = known ?? `paths/${pathFileOf(path)}.yaml`;
  if (known === undefined) {
    tree.edit("spec/openapi.yaml", (text) => insertSorted(text, /^ {2}\/\S*:$/, `${entry}\n    $ref: ${file}`));
    tree.create(`spec/${file}`, `parameters:\n${pathParameters(tree, path)}`);
  }
  tree.edit(`spec/${file}`, (text) => insertVerb(text, operationYaml(tree, operation)));

  tree.create(`spec/components/schemas/${name}Response.yaml`, responseSchema(operation));
  tree.create(`spec/components/examples/${name}ResponseExample.yaml`, responseExample(operation));
  tree.create(`spec/components/responses/${name}BadRequest.yaml`, badRequest(operation));
  if (!hasBody(operation)) return;
  tree.create(`spec/components/schemas/${name}Request.yaml`, REQUEST_SCHEMA);
  tree.create(`spec/components/examples/${name}RequestExample.yaml`, REQUEST_EXAMPLE);
}

/** `/v1/Stores/{storeId}/Profiles/{profileId}/Traits` → `profile-traits`. */
function pathFileOf(path: string): string {
  const segments = path
    .replace(/^\/v\d+\/Stores\/\{storeId\}/, "")
    .split("/")
    .slice(1);
  const words = segments.flatMap((segment, at) => {
    if (segment.startsWith("{")) return [];
    return [kebabCase(segments[at + 1]?.startsWith("{") ? segment.replace(/s$/, "") : segment)];
  });
  return words.join("-");
}

function pathParameters(tree: Tree, path: string): string {
  return pathParametersOf(path)
    .map((name) => {
      const file = `${pascalCase(name)}.yaml`;
      if (!tree.has(`${PARAMETERS}/${file}`)) throw new Error(`${PARAMETERS}/${file} does not exist. Write it first.`);
      return `  - $ref: ../components/parameters/${file}\n`;
    })
    .join("");
}

/** Inserts an operation before the first one with a verb that comes later in a path item. */
function insertVerb(text: string, yaml: string): string {
  const [verb = ""] = yaml.split(":");
  if (new RegExp(`^${verb}:`, "m").test(text)) throw new Error(`The path already has an operation for ${verb}.`);
  const later = VERBS.slice(VERBS.indexOf(verb) + 1).map((each) => text.search(new RegExp(`^${each}:`, "m")));
  const at = later.find((index) => index >= 0) ?? text.length;
  return text.slice(0, at) + yaml + text.slice(at);
}

function operationYaml(tree: Tree, operation: NewOperation): string {
  const { id, method, path, list } = operation;
  const name = pascalCase(id);
  const parameters = pathParametersOf(path);
  const notFound = ["Import", "Profile"].find((each) => parameters.includes(`${each.toLowerCase()}Id`)) ?? "Store";
  const responses = {
    ...(parameters.includes("profileId") && { [method === "GET" ? 301 : 308]: "ProfileMoved" }),
    400: `${name}BadRequest`,
    401: "Unauthorized",
    403: "Forbidden",
    404: `${notFound}NotFound`,
    ...(hasBody(operation) && { 413: "ContentTooLarge", 415: "UnsupportedMediaType" }),
    429: "TooManyRequests",
    500: "InternalServerError",
    503: "ServiceUnavailable",
  };
  const errors = Object.entries(responses).map(
    ([status, response]) => `    "${status}":\n      $ref: ../components/responses/${response}.yaml\n`,
  );
  for (const each of Object.values(responses)) {
    const file = `spec/components/responses/${each}.yaml`;
    if (each !== `${name}BadRequest` && !tree.has(file)) throw new Error(`${file} does not exist. Update scripts/new.`);
  }
  return `${method.toLowerCase()}:
  operationId: ${id}
  summary: TODO
  description: |
    TODO: What ${id} does, when to use it, and what happens when something goes wrong.
  tags:
    - ${resourceOf(operation)}
${repeatable(operation)}${list === undefined ? "" : PAGE_PARAMETERS}${hasBody(operation) ? requestBody(name) : ""}  responses:
    "${statusOf(operation)}":
      description: "TODO: What this response means."
      content:
        application/json:
          schema:
            $ref: ../components/schemas/${name}Response.yaml
          examples:
            ${list === undefined ? "accepted" : "page"}:
              $ref: ../components/examples/${name}ResponseExample.yaml
${errors.join("")}`;
}

function repeatable({ method }: NewOperation): string {
  if (method === "GET") return "  x-repeatable: true\n";
  return "  # TODO: May a caller repeat a request whose outcome is unknown?\n  x-repeatable: false\n";
}

const PAGE_PARAMETERS = `  parameters:
    - $ref: ../components/parameters/PageSize.yaml
    - $ref: ../components/parameters/PageToken.yaml
`;

const requestBody = (name: string) => `  requestBody:
    description: "TODO: What the body contains."
    required: true
    content:
      application/json:
        schema:
          $ref: ../components/schemas/${name}Request.yaml
        examples:
          usual:
            $ref: ../components/examples/${name}RequestExample.yaml
`;
