import type { SnapshotReads } from "../storage/inspection.ts";
import type { TableRow } from "../storage/tables.ts";

/** Smaller trees go below larger ones, so a path of this length would need more IDs than a store can have. */
const MAX_DEPTH = 64;

/** Where an ID leads. */
export type Root =
  | { readonly kind: "unmerged" }
  | { readonly kind: "root"; readonly id: string /** Absent once it is deleted. */; readonly canonicalId?: string }
  | { readonly kind: "missing"; readonly id: string }
  | { readonly kind: "cycle" };

/** Follows IDs to the roots of their merge trees, one level of all of them at a time. */
export async function resolveRoots(
  reads: SnapshotReads,
  storeId: string,
  ids: Iterable<string>,
): Promise<ReadonlyMap<string, Root>> {
  const roots = new Map<string, Root>();
  const nodes = new Map<string, TableRow<"merge_nodes"> | undefined>();
  /** The node that each ID has reached. */
  let paths = new Map([...ids].map((id) => [id, id]));
  for (let depth = 0; paths.size > 0 && depth < MAX_DEPTH; depth++) {
    const unread = new Set([...paths.values()].filter((id) => !nodes.has(id)));
    for (const id of unread) nodes.set(id, undefined);
    for (const node of await reads.readWhere("merge_nodes", "id", storeId, [...unread])) nodes.set(node.id, node);
    const next = new Map<string, string>();
    for (const [id, at] of paths) {
      const node = nodes.get(at);
      if (node === undefined) roots.set(id, at === id ? { kind: "unmerged" } : { kind: "missing", id: at });
      else if (node.parent_id !== null) next.set(id, node.parent_id);
      else roots.set(id, rootOf(node));
    }
    paths = next;
  }
  for (const id of paths.keys()) roots.set(id, { kind: "cycle" });
  return roots;
}

/** The canonical profile that an ID leads to; `undefined` if it was deleted, or the tree is damaged. */
export function canonicalIdOf(roots: ReadonlyMap<string, Root>, id: string): string | undefined {
  const root = roots.get(id);
  if (root?.kind === "unmerged") return id;
  return root?.kind === "root" ? root.canonicalId : undefined;
}

function rootOf({ id, canonical_id }: TableRow<"merge_nodes">): Root {
  return { kind: "root", id, ...(canonical_id !== null && { canonicalId: canonical_id }) };
}
