// `pnpm lint` runs this script. It fails if a file contains a mark of `pnpm run new:…`, or if CONTRIBUTING.md names a file, a
// folder or a script that does not exist. It prints the place of each.
import { findTodos } from "./tree/find-todos.ts";
import { missingNames } from "./tree/missing-names.ts";
import { root } from "./turbo.ts";

const todos = await findTodos(root);
const missing = await missingNames(root, "CONTRIBUTING.md");
for (const { file, line, text } of [...todos, ...missing]) console.error(`${file}:${line}: ${text}`);
if (todos.length > 0)
  console.error("\nFill in the places above that `npx -y pnpm@12 run new:…` marked, and remove the marks.");
if (missing.length > 0) console.error("\nCorrect the names above in CONTRIBUTING.md, or restore what they name.");
if (todos.length + missing.length > 0) process.exitCode = 1;
