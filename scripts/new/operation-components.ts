import { pascalCase, pathParametersOf } from "./names.ts";
import type { NewOperation } from "./operation.ts";

export function responseSchema({ list }: NewOperation): string {
  return list === undefined ? MESSAGE : page(list);
}

export function responseExample({ list }: NewOperation): string {
  return list === undefined ? MESSAGE_EXAMPLE : pageExample(list);
}

export function badRequest({ path, list }: NewOperation): string {
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

export const REQUEST_SCHEMA = `title: TODO
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

export const REQUEST_EXAMPLE = `summary: "TODO: A realistic request"
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
