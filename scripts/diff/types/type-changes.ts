import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ContractChange } from "../contract-changes.ts";
import type { Node } from "../rating/contract-nodes.ts";
import { type CompileError, compile } from "./compile.ts";
import { causes, type TypeCheck, typeChecks } from "./type-checks.ts";

export interface TypeSources {
  /** Path of `index.ts` of the types of the last release. */
  released: string;
  /** Path of `index.ts` of the types now. */
  current: string;
  /** Paths of programs of consumers that compile against the released types. They import `@memory-api/types`. */
  consumers: readonly string[];
}

const HEAD = `// Each line compiles if the new type can take the place of the released one.
import type * as New from "new-types";
import type * as Old from "old-types";
type Within<Narrow extends Wide, Wide> = [Narrow, Wide];
`;

/**
 * Returns the changes of the types that break consumers, each of them a major: programs that no longer compile, types of
 * responses that have values which the released type lacks, and types of requests that lack values which the released type has.
 *
 * @param contract the contract of the last release
 */
export async function typeChanges(contract: Node, sources: TypeSources): Promise<ContractChange[]> {
  if (await areSame(dirname(sources.released), dirname(sources.current))) return [];
  const checks = typeChecks(contract);
  const lines = checks.flatMap((check) => check.types.map((type) => ({ check, type })));
  const source = HEAD + lines.map(({ check, type }, index) => lineFor(check, type, index)).join("");
  const errors = await compile({ source, ...sources });

  const byCheck = new Map<TypeCheck, CompileError>();
  const first = HEAD.split("\n").length;
  for (const error of errors) {
    const check = error.file === "checks.ts" ? lines[error.line - first]?.check : undefined;
    if (check !== undefined && !byCheck.has(check)) byCheck.set(check, error);
  }
  return [
    ...causes([...byCheck.keys()]).map((check) => brokenType(check, byCheck.get(check))),
    ...errors.filter(({ file }) => file !== "checks.ts").map(brokenProgram),
  ];
}

function lineFor({ direction }: TypeCheck, type: string, index: number): string {
  const [narrow, wide] = direction === "response" ? ["New", "Old"] : ["Old", "New"];
  return `export type Check${index} = Within<${narrow}.${type}, ${wide}.${type}>;\n`;
}

function brokenType({ direction, name, pointer, uses }: TypeCheck, error: CompileError | undefined): ContractChange {
  const problem =
    direction === "response"
      ? "a response has values that the released type does not allow"
      : "a request does not allow all values of the released type";
  return broken(`The type \`${name}\` of ${problem}`, error, { pointer, uses });
}

function brokenProgram(error: CompileError): ContractChange {
  return broken(`\`${error.file}\`, a program of a consumer, no longer compiles`, error, { pointer: "#", uses: [] });
}

function broken(
  what: string,
  error: CompileError | undefined,
  place: Pick<ContractChange, "pointer" | "uses">,
): ContractChange {
  const why = `${what}: ${error?.message} (TypeScript ${error?.compilers.join(" and ")})`;
  return { ...place, gate: "types", bump: "major", why, action: "Compile your code against the new types." };
}

/** Whether two folders have the same sources, apart from the header that names the contract. */
async function areSame(one: string, other: string): Promise<boolean> {
  const [sources, others] = await Promise.all([one, other].map(sourcesIn));
  return isDeepStrictEqual(sources, others);
}

async function sourcesIn(folder: string): Promise<Map<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  const header = /^\/\*\*\n \* Generated[\s\S]*?\*\/\n/;
  return new Map(files.map((file, index) => [relative(folder, file), texts[index]?.replace(header, "") ?? ""]));
}
