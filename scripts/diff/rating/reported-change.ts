import { type Node, tokensOf } from "./contract-nodes.ts";
import type { Use } from "./contract-usage.ts";

export type Bump = "patch" | "minor" | "major";

/** A change in the report of `redocly diff --format=json`, version 1. */
export interface ReportedChange {
  /** JSON pointer, with all references resolved. */
  path: string;
  typeName: string;
  kind: "added" | "removed" | "modified";
  impact: Bump;
  verdicts: { ruleId: string; message: string }[];
  /** The modified keyword, or `key` if the node was renamed. */
  property?: string;
  base?: { pointer: string; value?: unknown };
  revision?: { pointer: string; value?: unknown };
}

/** A change with what is needed to rate it. */
export interface ChangeInContext extends ReportedChange {
  /** Both versions, normalized. */
  before: Node;
  after: Node;
  /** The operations that use what changed, in either version. */
  uses: readonly Use[];
}

/** Returns the last token of the path: the keyword or name that a node that was added or removed has in its parent. */
export function keyOf({ path }: ReportedChange): string {
  return tokensOf(path).at(-1) ?? "";
}

/** Returns the last but one token: `properties` for a property, `responses` for a response. */
export function containerOf({ path }: Pick<ReportedChange, "path">): string {
  return tokensOf(path).at(-2) ?? "";
}

export function isUsedIn(change: ChangeInContext, direction: "request" | "response"): boolean {
  return change.uses.some((use) => use.direction === direction);
}

/** Whether the node is a component itself, such as `#/components/headers/RetryAfter`, or a map of components. */
export function isComponent({ path }: ReportedChange): boolean {
  return /^#\/components(?:\/[^/]+){0,2}$/.test(path);
}
