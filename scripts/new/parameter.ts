import { changeset } from "./changeset.ts";
import { kebabCase, pascalCase } from "./names.ts";
import type { Tree } from "./tree.ts";

export interface NewParameter {
  /** Name in the query. */
  readonly name: string;
  readonly operationId: string;
}

/** Adds a query parameter to an operation of the contract. */
export function newParameter(tree: Tree, { name, operationId }: NewParameter): void {
  const component = pascalCase(name);
  const reference = `    - $ref: ../components/parameters/${component}.yaml\n`;
  const parameter = `spec/components/parameters/${component}.yaml`;
  // Another operation may have the parameter.
  if (!tree.has(parameter)) {
    tree.create(parameter, parameterYaml(name, component));
    if (!tree.has(`spec/components/schemas/${component}.yaml`))
      tree.create(`spec/components/schemas/${component}.yaml`, SCHEMA);
  }
  const { file, text } = operationIn(tree, operationId);
  if (text.includes(reference)) throw new Error(`${operationId} already has the parameter ${name}.`);
  const changed = /^ {2}parameters:\n/m.test(text)
    ? text.replace(/^ {2}parameters:\n(?: {4}.*\n)*/m, (list) => list + reference)
    : text.replace(/^ {2}(?:requestBody|responses):\n/m, (next) => `  parameters:\n${reference}${next}`);
  tree.edit(file, (path) => path.replace(text, () => changed));
  changeset(
    tree,
    `${kebabCase(operationId)}-${kebabCase(name)}`,
    `\`${operationId}\` has the query parameter \`${name}\``,
  );
}

/** The file of the path that contains an operation, and the text of the operation. */
export function operationIn(tree: Tree, operationId: string): { file: string; text: string } {
  for (const [, path] of tree.read("spec/openapi.yaml").matchAll(/^ {4}\$ref: (paths\/.*)$/gm)) {
    const file = `spec/${path}`;
    const operations = tree.read(file).split(/^(?=\w+:\n)/m);
    const text = operations.find((each) => each.includes(`\n  operationId: ${operationId}\n`));
    if (text !== undefined) return { file, text };
  }
  throw new Error(`spec/paths contains no operation ${operationId}.`);
}

const parameterYaml = (name: string, component: string) => `name: ${name}
in: query
description: "TODO: What the parameter selects, what is the default, and which values are rejected."
schema:
  $ref: ../schemas/${component}.yaml
`;

const SCHEMA = `title: TODO
type: string
description: "TODO: What the value means."
# TODO: The type and the bounds of the value.
maxLength: 64
examples:
  - Contact
`;
