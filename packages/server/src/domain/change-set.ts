import type { TraitGroup } from "./profile-state.ts";
import type { Claim, LockedProfile } from "./profile-rows.ts";
import type { Identifier } from "./store-rules.ts";

/** What a batch of commands changed, for an engine to write. No two lists name the same row. */
export interface ChangeSet {
  readonly created: readonly LockedProfile[];
  /** Profiles whose `holders` changed. */
  readonly updated: readonly LockedProfile[];
  /** Profiles that merged into another or were deleted. Their trait groups go with them. */
  readonly removed: readonly string[];
  /** Nodes of merge trees that are new or changed. */
  readonly nodes: readonly MergeNode[];
  readonly attached: readonly Claim[];
  readonly detached: readonly Identifier[];
  /** Each group that changed, as a whole. An empty one is deleted. */
  readonly groups: readonly { readonly profileId: string; readonly name: string; readonly traits: TraitGroup }[];
}

/** An ID in a merge tree: a root, or a node below another. */
export type MergeNode =
  | {
      readonly id: string;
      /** Number of IDs in the tree. */
      readonly size: number;
      /** The canonical profile; absent once it was deleted. */
      readonly canonicalId?: string;
    }
  | { readonly id: string; readonly parentId: string };
