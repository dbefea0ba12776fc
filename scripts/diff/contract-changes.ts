import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";
import { actionFor } from "./rating/action-for.ts";
import { isNode, type Node } from "./rating/contract-nodes.ts";
import { type Use, usesAt, usesOf } from "./rating/contract-usage.ts";
import { normalizeContracts } from "./rating/normalize-contracts.ts";
import { type Rating, rateChange } from "./rating/rate-change.ts";
import type { ReportedChange } from "./rating/reported-change.ts";
import { redoclyDiff } from "./redocly-diff.ts";
import { unreportedChanges } from "./unreported-changes.ts";

/** A difference between two versions of the contract, and the version bump that it needs. */
export interface ContractChange extends Rating {
  /** Whether requests and responses change, or only the types. */
  gate: "wire" | "types";
  /** JSON pointer into the newer version, or into the older one for a removed node. */
  pointer: string;
  /** What a consumer must do. */
  action: string;
  /** Where operations use what changed. Empty if it concerns the document as a whole, or an unused component. */
  uses: Use[];
  /** The change in the report of `redocly diff`, if it reports it. */
  change?: ReportedChange;
}

/**
 * Returns the changes between two bundles of the contract, except a change of `info.version`.
 *
 * @param base path of the older bundle
 * @param revision path of the newer bundle
 * @throws {Error} if a bundle is invalid, or if the format of the report of `redocly diff` is not supported
 */
export async function contractChanges(base: string, revision: string): Promise<ContractChange[]> {
  const [changes = []] = await changesOfPairs([[await readContract(base), await readContract(revision)]]);
  return changes;
}

/** Returns the changes of each pair of documents. */
export async function changesOfPairs(
  pairs: readonly (readonly [before: Node, after: Node])[],
): Promise<ContractChange[][]> {
  const normalized = pairs.map(([before, after]) => normalizeContracts(before, after));
  const reports = await redoclyDiff(normalized);
  return pairs.map((pair, index) => {
    const [before, after] = normalized[index] ?? pair;
    const changes = [...rateChanges(reports[index] ?? [], before, after), ...unreportedChanges(before, after)];
    if (changes.length > 0 || isDeepStrictEqual(withoutVersion(pair[0]), withoutVersion(pair[1]))) return changes;
    const why = "Only the notation of the contract changed.";
    return [{ gate: "wire", bump: "patch", pointer: "#", why, action: actionFor({ bump: "patch" }), uses: [] }];
  });
}

function rateChanges(report: readonly ReportedChange[], before: Node, after: Node): ContractChange[] {
  const [usesBefore, usesAfter] = [usesOf(before), usesOf(after)];
  return report
    .filter(({ path, property }) => !(path === "#/info" && property === "version"))
    .map((change): ContractChange => {
      const uses = unique([
        ...(change.base === undefined ? [] : usesAt(usesBefore, ownerOf(change, change.base.pointer))),
        ...(change.revision === undefined ? [] : usesAt(usesAfter, ownerOf(change, change.revision.pointer))),
      ]);
      const context = { ...change, before, after, uses };
      const rating = rateChange(context);
      const pointer = (change.revision ?? change.base)?.pointer ?? change.path;
      return { ...rating, gate: "wire", pointer, action: actionFor({ ...context, bump: rating.bump }), uses, change };
    });
}

/** A condition such as `not` that is added or removed as a whole is a change of the schema that contains it. */
function ownerOf({ kind }: ReportedChange, pointer: string): string {
  return kind === "modified" ? pointer : pointer.replace(/\/(?:not|if)$/, "");
}

/**
 * Reads a bundle.
 *
 * @throws {Error} if it is not an object
 */
export async function readContract(path: string): Promise<Node> {
  const document: unknown = parse(await readFile(path, "utf8"));
  if (isNode(document)) return document;
  throw new Error(`${path} is not an OpenAPI document.`);
}

function unique(uses: readonly Use[]): Use[] {
  return [...new Map(uses.map((use) => [JSON.stringify(use), use])).values()];
}

function withoutVersion(document: Node): Node {
  const { info } = document;
  return isNode(info) ? { ...document, info: { ...info, version: undefined } } : document;
}
