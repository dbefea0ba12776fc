import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** An `@example` of a comment. */
export interface CommentExample {
  /** Package, path and number of the example in the file. */
  readonly name: string;
  readonly code: string;
}

const packages = fileURLToPath(new URL("../../../../", import.meta.url));

/** Returns the examples in the comments of a package, unchanged. */
export function examplesInComments(packageName: string): CommentExample[] {
  const folder = join(packages, packageName, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.includes("generated"))
    .flatMap((file) => {
      const blocks = examplesOf(readFileSync(join(folder, file), "utf8"));
      return blocks.map((code, index) => ({ name: `${packageName}/src/${file}, number ${index + 1}`, code }));
    });
}

/** An example ends at the next tag or at the end of the comment. */
function examplesOf(source: string): string[] {
  const comments = source.match(/^ *\/\*\*$.*?^ *\*\/$/gms) ?? [];
  return comments
    .map((comment) => comment.replaceAll(/^ *\/?\*+[ /]?/gm, ""))
    .flatMap((text) => text.split(/^(?=@)/m).filter((tag) => tag.startsWith("@example\n")))
    .map((tag) => tag.replace("@example\n", ""));
}
