import { changeset } from "./changeset.ts";
import { kebabCase, pascalCase, pathParametersOf } from "./names.ts";
import { operationSamples } from "./operation-samples.ts";
import { operationWorkflow } from "./operation-workflow.ts";
import { insertSorted, type Tree } from "./tree.ts";

export interface NewOperation {
  readonly id: string;
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** The property that contains the items, if the operation returns them in pages. */
  readonly list: string | undefined;
}

const VERBS = ["get", "post", "put", "patch", "delete"];
const PARAMETERS = "spec/components/parameters";

/** Adds an operation to the contract, and everything that each operation has outside of it. */
export function newOperation(tree: Tree, operation: NewOperation): void {
  addToContract(tree, operation);
  addToServer(tree, operation);
  addToTests(tree, operation);
  operationSamples(tree, operation);
  operationWorkflow(tree, operation);
  changeset(tree, kebabCase(operation.id), `Add the operation \`${operation.id}\``);
}

/** The tag and the folder of the operation. */
export function resourceOf({ path }: NewOperation): "Imports" | "Profiles" {
  return path.includes("/Imports") ? "Imports" : "Profiles";
}

export function statusOf({ method }: NewOperation): 200 | 202 {
  return method === "GET" ? 200 : 202;
}

export function hasBody({ method }: NewOperation): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

function addToContract(tree: Tree, operation: NewOperation): void {
  const { id, path, list } = operation;
  const name = pascalCase(id);
  const entry = `  ${path}:`;
  const openapi = tree.read("spec/openapi.yaml");
  const known = new RegExp(`^${RegExp.escape(entry)}\\n {4}\\$ref: (.*)$`, "m").exec(openapi)?.[1];
  const file = known ?? `paths/${pathFileOf(path)}.yaml`;
  if (known === undefined) {
    tree.edit("spec/openapi.yaml", (text) => insertSorted(text, /^ {2}\/\S*:$/, `${entry}\n    $ref: ${file}`));
    tree.create(`spec/${file}`, `parameters:\n${pathParameters(tree, path)}`);
  }
  tree.edit(`spec/${file}`, (text) => insertVerb(text, operationYaml(tree, operation)));

  tree.create(`spec/components/schemas/${name}Response.yaml`, list === undefined ? MESSAGE : page(list));
  tree.create(`spec/components/examples/${name}ResponseExample.yaml`, list === undefined ? MESSAGE_EXAMPLE : pageExample(list));
  tree.create(`spec/components/responses/${name}BadRequest.yaml`, badRequest(operation));
  if (!hasBody(operation)) return;
  tree.create(`spec/components/schemas/${name}Request.yaml`, REQUEST);
  tree.create(`spec/components/examples/${name}RequestExample.yaml`, REQUEST_EXAMPLE);
}

/** `/v1/Stores/{storeId}/Profiles/{profileId}/Traits` → `profile-traits`. */
function pathFileOf(path: string): string {
  const segments = path.replace(/^\/v\d+\/Stores\/\{storeId\}/, "").split("/").slice(1);
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

const REQUEST = `title: TODO
type: object
description: "TODO: What the body contains."
additionalProperties: false
properties:
  name:
    type: string
    description: "TODO: Replace this property, and bound each property."
    maxLength: 64
    examples:
      - Ada
examples:
  - name: Ada
`;

const REQUEST_EXAMPLE = `summary: "TODO: A realistic request"
value:
  name: Ada
`;

const MESSAGE = `title: TODO
type: object
description: "TODO: What the response contains."
required:
  - message
properties:
  message:
    type: string
    description: Human-readable confirmation.
    maxLength: 255
    examples:
      - Accepted for processing.
`;

const MESSAGE_EXAMPLE = `summary: "TODO: A realistic response"
value:
  message: Accepted for processing.
`;

const page = (list: string) => `title: TODO
type: object
description: "TODO: What a page contains."
required:
  - ${list}
  - meta
properties:
  ${list}:
    type: array
    description: "TODO: What the list contains, and its order."
    maxItems: 100
    items:
      # TODO: The schema of an item.
      type: string
      maxLength: 64
    examples:
      - - Contact.email
  meta:
    $ref: PageMeta.yaml
`;

const pageExample = (list: string) => `summary: "TODO: A realistic page"
value:
  ${list}:
    - Contact.email
  meta:
    key: ${list}
    pageSize: 50
`;

function badRequest({ path, list }: NewOperation): string {
  const examples = {
    ...(list !== undefined && { pageSize: "PageSize", pageToken: "PageToken" }),
    ...Object.fromEntries(
      pathParametersOf(path)
        .reverse()
        .map((name) => [`malformed${pascalCase(name)}`, `Malformed${pascalCase(name)}`]),
    ),
  };
  const lines = Object.entries(examples).map(
    ([name, file]) => `      ${name}:\n        $ref: ../examples/${file}ErrorExample.yaml\n`,
  );
  return `description: "TODO: What is wrong with the request. Add an example for each cause."
content:
  application/json:
    schema:
      $ref: ../schemas/ErrorBody.yaml
    examples:
${lines.join("")}`;
}

function addToServer(tree: Tree, operation: NewOperation): void {
  const { id, method } = operation;
  const folder = resourceOf(operation).toLowerCase();
  const file = kebabCase(id).replace(/-v\d+$/, "");
  const source = "packages/server/src";
  tree.create(
    `${source}/operations/${folder}/${file}.ts`,
    `import type { Operation } from "../operation.ts";

export const ${id}: Operation<"${id}"> = async () => {
  // TODO: Implement the operation, and test its behavior in packages/server/test/api.
  throw new Error("${id} is not implemented.");
};
`,
  );
  tree.edit(`${source}/operations/operations.ts`, (text) =>
    insertSorted(
      insertSorted(text, /^import \{/, `import { ${id} } from "./${folder}/${file}.ts";`),
      /^ {2}\w+,$/,
      `  ${id},`,
    ),
  );
  const operationClass = method === "GET" ? "read" : "write";
  tree.edit(`${source}/http/checks/operation-class.ts`, (text) =>
    insertSorted(text, /^ {2}\w+: "\w+",$/, `  ${id}: "${operationClass}",`),
  );
}

/** Adds the operation to the tests that run for every operation. */
function addToTests(tree: Tree, operation: NewOperation): void {
  const { id, method, list } = operation;
  const name = pascalCase(id);
  const body = hasBody(operation) ? ', body: { name: "Ada" }' : "";
  tree.edit("packages/server/test/support/requests.ts", (text) =>
    text.replace(
      /^ {2}uploadImportFile: async/m,
      `  ${id}: async (${/\{(?:profile|import)Id\}/.test(operation.path) ? "api" : ""}) => ({ method: "${method}", target: ${targetOf(operation)}${body} }),\n$&`,
    ),
  );
  const keys = list === undefined ? '"message"' : `"${list}", "0"`;
  tree.edit("packages/docs/test/samples.test.ts", (text) =>
    text.replace(/^ {2}uploadImportFile: \[/m, `  ${id}: [example("${name}ResponseExample", ${keys})],\n$&`),
  );
  tree.edit("packages/conformance/src/phases/parameters/probes.ts", (text) =>
    text.replace(/^ {2}"uploadImportFile path/m, `  "${id} path storeId": storeIdProbe,\n$&`),
  );
  tree.edit("packages/conformance/test/parameters.test.ts", (text) =>
    text.replace(/^ {2}"uploadImportFile path/m, `  "${id} path storeId": () => ofOneStore,\n$&`),
  );
}

/** The target of a request that the server accepts, as the source of a template literal. */
function targetOf({ path }: NewOperation): string {
  const [, profile] = /^\/v1\/Stores\/\{storeId\}\/Profiles\/\{profileId\}(.*)$/.exec(path) ?? [];
  if (profile !== undefined) return `\`\${profileOf(await createProfile(api))}${profile}\``;
  const target = path
    .replace("{storeId}", "${storeId}")
    .replace("{importId}", "${(await createImport(api)).importId}");
  return `\`${target}\``;
}
