// `pnpm lint` runs this script. It fails if a file contains a mark of `pnpm run new:…`, and prints the place of each.
import { findTodos } from "./todos/find-todos.ts";
import { root } from "./turbo.ts";

const todos = await findTodos(root);
for (const { file, line, text } of todos) console.error(`${file}:${line}: ${text}`);
if (todos.length > 0) {
  console.error(
    `\nFill in ${todos.length === 1 ? "this place" : `these ${todos.length} places`}, and remove the marks.`,
  );
  process.exitCode = 1;
}
