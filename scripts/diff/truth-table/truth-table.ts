import { readFile } from "node:fs/promises";
import { parse } from "yaml";
import { isNode, type Node, tokensOf, valueAt } from "../rating/contract-nodes.ts";
import type { Bump } from "../rating/reported-change.ts";
import { type KeywordRow, REMOVED, schemaKeywords } from "./schema-keywords.ts";
import { structures } from "./structures.ts";

/** One change of the contract, and the bump that our policy demands. */
export interface TruthRow {
  title: string;
  before: Node;
  after: Node;
  bump: Bump;
  why: string;
}

/** Returns all rows: each change of `structures.ts` and `schema-keywords.ts`, and its reverse. */
export async function truthTable(): Promise<TruthRow[]> {
  const text = await readFile(new URL("contract.yaml", import.meta.url), "utf8");
  const json = JSON.stringify(parse(text, { merge: true, maxAliasCount: -1 }));
  const rows = [...structures, ...schemaKeywords.flatMap(keywordChanges)];
  return rows.flatMap(([title, patch, there, back]) => {
    const before: Node = JSON.parse(json);
    const after: Node = JSON.parse(json);
    for (const [pointer, value] of Object.entries(patch)) setAt(after, pointer, value);
    for (const pointer of movedFrom(patch)) if (!(pointer in patch)) setAt(after, pointer, REMOVED);
    return [
      { title, before, after, bump: there[0], why: there[1] },
      { title: `${title}, reversed`, before: after, after: before, bump: back[0], why: back[1] },
    ];
  });
}

function keywordChanges([title, property, keywords, expected]: KeywordRow): (typeof structures)[number][] {
  return (["request", "response"] as const).map((direction) => {
    const schema = direction === "request" ? "NewItem" : "Item";
    const place = `#/components/schemas/${schema}/properties/${property}`;
    const patch = Object.fromEntries(
      Object.entries(keywords).map(([keyword, value]) => [`${place}/${keyword}`, value]),
    );
    const [there, back] = expectedFor(expected, direction);
    return [`${title} in a ${direction}`, patch, there, back];
  });
}

function expectedFor(expected: KeywordRow[3], direction: "request" | "response"): [[Bump, string], [Bump, string]] {
  const breaks: [Bump, string] =
    direction === "request"
      ? ["major", "Some requests that were valid are rejected."]
      : ["major", "Consumers get values that they do not expect."];
  if (expected === "unrelated") return [breaks, breaks];
  if (expected === "narrower") {
    const safe: [Bump, string] = ["minor", "Everything that consumers send or expect is still valid."];
    return direction === "request" ? [breaks, safe] : [safe, breaks];
  }
  const [there, back] = expected[direction];
  return [
    [there, expected.why],
    [back, expected.why],
  ];
}

function movedFrom(patch: Record<string, unknown>): string[] {
  return Object.values(patch).flatMap((value) =>
    isNode(value) && typeof value["$move"] === "string" ? [value["$move"]] : [],
  );
}

/** Sets a value, removes it if it is `REMOVED`, or takes it from elsewhere if it is `{ $move: pointer }`. */
function setAt(document: Node, pointer: string, value: unknown): void {
  const tokens = tokensOf(pointer);
  const key = tokens.pop() ?? "";
  const parent = tokens.reduce<Node>((node, token) => Object(node[token]), document);
  if (value === REMOVED) delete parent[key];
  else
    parent[key] =
      isNode(value) && typeof value["$move"] === "string" ? valueAt(document, value["$move"]) : structuredClone(value);
}
