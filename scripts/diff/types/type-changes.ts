import { readdir, readFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ContractChange } from "../contract-changes.ts";
import { escapeToken, isNode, METHODS, type Node } from "../rating/contract-nodes.ts";
import { type Use, usesAt, usesOf } from "../rating/contract-usage.ts";
import { compile } from "./compile.ts";

export interface TypeSources {
  /** Path of `index.ts` of the types of the last release. */
  released: string;
  /** Path of `index.ts` of the types now. */
  current: string;
  /** Paths of programs of consumers that compile against the released types. They import `@memory-api/types`. */
  consumers: readonly string[];
}

/** A type of the last release that must be replaceable by the one of the same name. */
interface TypeCheck {
  type: string;
  direction: "request" | "response";
  pointer: string;
  uses: Use[];
}

/**
 * Returns the changes of the types that break consumers, each of them a major: programs that no longer compile, types of
 * responses that have values which the released type lacks, and types of requests that lack values which the released type has.
 *
 * @param contract the contract of the last release
 */
export async function typeChanges(contract: Node, sources: TypeSources): Promise<ContractChange[]> {
  const checks = typeChecks(contract);
  if (await areSame(dirname(sources.released), dirname(sources.current))) return [];
  const errors = await compile({ source: sourceOf(checks), ...sources });
  return errors.map(({ file, line, message, compilers }): ContractChange => {
    const check = file === "checks.ts" ? checks[line - FIRST_LINE] : undefined;
    const by = `(TypeScript ${compilers.join(" and ")})`;
    if (check === undefined)
      return {
        ...broken(`\`${file}\`, a program of a consumer, no longer compiles: ${message} ${by}`),
        pointer: "#",
        uses: [],
      };
    const side = check.direction === "response" ? "has values that" : "lacks values that";
    const why = `The type \`${check.type}\` of a ${check.direction} ${side} the released type ${check.direction === "response" ? "does not have" : "has"}: ${message} ${by}`;
    return { ...broken(why), pointer: check.pointer, uses: check.uses };
  });
}

const FIRST_LINE = 5;

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

function sourceOf(checks: readonly TypeCheck[]): string {
  const head: string[] = [
    "// Each line compiles if the new type can take the place of the released one.",
    'import type * as New from "new-types";',
    'import type * as Old from "old-types";',
    "type Within<Narrow extends Wide, Wide> = [Narrow, Wide];",
  ];
  const lines = checks.map(({ type, direction }, index) => {
    const [narrow, wide] = direction === "response" ? ["New", "Old"] : ["Old", "New"];
    const named = (from: string) => `${from}.${type}`;
    return `export type Check${index} = Within<${named(narrow ?? "")}, ${named(wide ?? "")}>;`;
  });
  return `${[...head, ...lines].join("\n")}\n`;
}

function typeChecks(contract: Node): TypeCheck[] {
  const uses = usesOf(contract);
  return [...schemaChecks(contract, uses), ...operationChecks(contract, uses)];
}

function schemaChecks(contract: Node, uses: ReadonlyMap<string, Use[]>): TypeCheck[] {
  const { schemas } = Object(contract["components"]);
  return Object.keys(Object(schemas)).flatMap((name) => {
    const pointer = `#/components/schemas/${escapeToken(name)}`;
    const found = usesAt(uses, pointer);
    const directions = new Set(found.flatMap(({ direction = [] }) => direction));
    return [...directions].flatMap((direction) =>
      [name, `components["schemas"][${JSON.stringify(name)}]`].map((type) => ({
        type,
        direction,
        pointer,
        uses: found.filter((use) => use.direction === direction),
      })),
    );
  });
}

function operationChecks(contract: Node, uses: ReadonlyMap<string, Use[]>): TypeCheck[] {
  return Object.entries(Object(contract["paths"])).flatMap(([path, pathItem]) =>
    METHODS.flatMap((method) => {
      const operation: unknown = Object(pathItem)[method];
      if (!isNode(operation) || typeof operation["operationId"] !== "string") return [];
      const pointer = `#/paths/${escapeToken(path)}/${method}`;
      const id = JSON.stringify(operation["operationId"]);
      const found = (uses.get(pointer) ?? []).slice(0, 1);
      const statuses = Object.keys(Object(operation["responses"])).filter((status) => /^\d+$/.test(status));
      const check = (direction: TypeCheck["direction"], type: string) => ({ type, direction, pointer, uses: found });
      return [
        ...["PathOf", "QueryOf", "RequestOf"].map((name) => check("request", `${name}<${id}>`)),
        check("response", `ResponseOf<${id}>`),
        ...statuses.map((status) => check("response", `ResponseOf<${id}, ${status}>`)),
        ...statuses.map((status) => check("response", `HeadersOf<${id}, ${status}>`)),
      ];
    }),
  );
}

function broken(why: string): Pick<ContractChange, "bump" | "why" | "action" | "gate"> {
  return { bump: "major", why, action: "Compile your code against the new types.", gate: "types" };
}
