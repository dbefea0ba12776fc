import { changeset } from "./changeset.ts";
import { camelCase, kebabCase } from "./names.ts";
import { operationIn } from "./parameter.ts";
import { insertSorted, type Tree } from "./tree.ts";

export interface NewError {
  readonly status: number;
  readonly code: number;
  /** In PascalCase, such as `ProfileArchived`. */
  readonly name: string;
  readonly operationId: string;
}

/** Adds an error to an operation of the contract: to its response with this status, or as a new response. */
export function newError(tree: Tree, error: NewError): void {
  const { status, code, name, operationId } = error;
  tree.create(`spec/components/examples/${name}ErrorExample.yaml`, example(error));
  const { file, text } = operationIn(tree, operationId);
  const known = new RegExp(`^ {4}"${status}":\\n {6}\\$ref: \\.\\./(.*)$`, "m").exec(text)?.[1];
  if (known === undefined) {
    tree.create(`spec/components/responses/${name}.yaml`, response(name));
    const reference = `    "${status}":\n      $ref: ../components/responses/${name}.yaml`;
    tree.edit(file, (path) => path.replace(text, () => insertSorted(text, /^ {4}"\d{3}":$/, reference)));
  } else {
    tree.edit(`spec/${known}`, (responseText) => `${responseText.trimEnd()}\n${exampleReference(name)}`);
  }
  addToTable(tree, error);
  tree.edit("packages/server/src/operations/api-error.ts", (source) =>
    source.replace(
      /^export const internalError/m,
      `// TODO: Throw this error, and add a request that causes it to packages/server/test/api/error-examples.test.ts.
export const ${camelCase(name)} = () => new ApiError(${status}, ${code}, "${MESSAGE}");\n$&`,
    ),
  );
  changeset(tree, `${kebabCase(name)}-error`, `\`${operationId}\` can return \`${status}\` with code ${code}`);
}

/** Adds a row to the table of errors, which lint, the server and the conformance kit know the codes from. */
function addToTable(tree: Tree, { status, code }: NewError): void {
  const row = `    | ${status} | ${code} |`;
  if (tree.read("spec/openapi.yaml").includes(row)) throw new Error(`${status} with code ${code} is already listed.`);
  tree.edit("spec/openapi.yaml", (text) =>
    insertSorted(text, /^ {4}\| \d{3} \| \d+ \|/, `${row} TODO: When an operation returns this error |`),
  );
}

const MESSAGE = "The message names what was wrong";

const example = ({ status, code }: NewError) => `summary: "TODO: The case in a few words"
value:
  code: ${code}
  # TODO: The message of the server.
  message: ${MESSAGE}
  more_info: https://www.twilio.com/docs/api/errors/${code}
  status: ${status}
`;

const exampleReference = (name: string) => `      ${camelCase(name)}:
        $ref: ../examples/${name}ErrorExample.yaml
`;

const response = (name: string) => `description: "TODO: When an operation returns this status."
content:
  application/json:
    schema:
      $ref: ../schemas/ErrorBody.yaml
    examples:
${exampleReference(name)}`;
