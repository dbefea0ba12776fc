import { kebabCase } from "./names.ts";
import { type NewOperation, resourceOf } from "./operation.ts";
import { insertSorted, type Tree } from "./tree.ts";

/** Adds a handler that throws, and the entries that each operation has in the server. */
export function addToServer(tree: Tree, operation: NewOperation): void {
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
