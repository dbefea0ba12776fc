// Adds an operation, a parameter or an error to the contract and to everything that has one entry for each. What must be filled
// in has a mark, which lint rejects with its file and line. See CONTRIBUTING.md.
//
//   pnpm run new:operation <operationId> <method> <path> [--list <property>]
//   pnpm run new:parameter <operationId> <name>
//   pnpm run new:error <operationId> <status> <code> <Name>
//
//   --list <property>   the operation returns pages, and this property contains the items
//   --write-only        does not generate code from the contract
import { execFileSync } from "node:child_process";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";
import { newError } from "./new/error.ts";
import { newOperation } from "./new/operation.ts";
import { newParameter } from "./new/parameter.ts";
import { Tree } from "./new/tree.ts";
import { findTodos } from "./tree/find-todos.ts";
import { root, turbo } from "./turbo.ts";

const OPERATION_ID = /^(?:list|fetch|create|patch|update|delete)[A-Z][A-Za-z\d]*$/;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { list: { type: "string" }, "write-only": { type: "boolean", default: false } },
});
const [kind, ...given] = positionals;
const tree = new Tree(root);
try {
  add();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
}
tree.write();
format(tree.changed.filter((file) => file.endsWith(".ts")));
const exitCode = values["write-only"] ? 0 : await turbo(["generate"], { silent: true });

console.log(`Changed:\n${tree.changed.map((file) => `  ${file}\n`).join("")}`);
const todos = (await findTodos(root)).filter(({ file }) => tree.changed.includes(file));
console.log(`To fill in:\n${todos.map(({ file, line, text }) => `  ${file}:${line}: ${text}\n`).join("")}`);
console.log("Then run: npx -y pnpm@12 run quick, and: npx -y pnpm@12 test");
process.exitCode = exitCode;

function add(): void {
  if (kind === "operation") {
    const [id = "", method = "", path = ""] = given;
    if (
      !OPERATION_ID.test(id) ||
      !isMethod(method) ||
      !/^\/v1\/Stores\/\{storeId\}(?:\/(?:[A-Z]\w*|\{\w+\}))+$/.test(path)
    ) {
      throw new Error(
        "Usage: new:operation <operationId> <GET|POST|PUT|PATCH|DELETE> '/v1/Stores/{storeId}/…' [--list <property>]",
      );
    }
    newOperation(tree, { id, method, path, list: values.list });
  } else if (kind === "parameter") {
    const [operationId = "", name = ""] = given;
    if (!/^[a-z][A-Za-z\d]*$/.test(name)) throw new Error("Usage: new:parameter <operationId> <name in camelCase>");
    newParameter(tree, { operationId, name });
  } else if (kind === "error") {
    const [operationId = "", status = "", code = "", name = ""] = given;
    if (!/^[45]\d\d$/.test(status) || !/^\d{3,6}$/.test(code) || !/^[A-Z][A-Za-z\d]*$/.test(name)) {
      throw new Error("Usage: new:error <operationId> <status> <code> <Name in PascalCase>");
    }
    newError(tree, { operationId, status: Number(status), code: Number(code), name });
  } else {
    throw new Error("Usage: new:operation, new:parameter or new:error");
  }
}

function isMethod(method: string): method is "GET" | "POST" | "PUT" | "PATCH" | "DELETE" {
  return ["GET", "POST", "PUT", "PATCH", "DELETE"].includes(method);
}

function format(files: readonly string[]): void {
  if (files.length === 0) return;
  const biome = createRequire(import.meta.url).resolve("@biomejs/biome/bin/biome");
  execFileSync(process.execPath, [biome, "check", "--write", "--log-level=error", ...files], {
    cwd: root,
    stdio: "inherit",
  });
}
