import { access, readFile } from "node:fs/promises";
import { join, posix } from "node:path";
import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from "yaml";
import { tokensOf } from "../rating/contract-nodes.ts";

export interface SourceLocation {
  /** Path in `spec/`, with slashes. */
  file: string;
  line: number;
}

/**
 * Returns the file and line in `spec/` for a pointer into the bundle, or for the innermost object that exists if a node was removed.
 *
 * @param spec path of the folder `spec/`, with a trailing slash
 */
export async function sourceLocation(pointer: string, spec: string): Promise<SourceLocation> {
  const tokens = tokensOf(pointer);
  const [section, kind, name] = tokens;
  const file = `components/${kind}/${name}.yaml`;
  const isComponent = section === "components" && name !== undefined && (await exists(join(spec, file)));
  return isComponent ? locate(file, tokens.slice(3), spec) : locate("openapi.yaml", tokens, spec);
}

async function locate(file: string, tokens: readonly string[], spec: string): Promise<SourceLocation> {
  const lineCounter = new LineCounter();
  const document = parseDocument(await readFile(join(spec, file), "utf8"), { lineCounter });
  let node: unknown = document.contents;
  let line = 1;
  for (const [index, token] of tokens.entries()) {
    const $ref: unknown = isMap(node) ? node.get("$ref") : undefined;
    if (typeof $ref === "string" && !$ref.startsWith("#"))
      return locate(posix.join(posix.dirname(file), $ref), tokens.slice(index), spec);
    const next = childOf(node, token);
    if (next === undefined) break;
    line = lineCounter.linePos(next.start).line;
    node = next.value;
  }
  return { file, line };
}

function childOf(node: unknown, token: string): { start: number; value: unknown } | undefined {
  if (isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === token);
    return pair === undefined ? undefined : { start: startOf(pair.key), value: pair.value };
  }
  const item: unknown = isSeq(node) ? node.items[Number(token)] : undefined;
  return item === undefined ? undefined : { start: startOf(item), value: item };
}

function startOf(node: unknown): number {
  return (node as Node).range?.[0] ?? 0;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
