import type { Identifier } from "../stores/store-rules.ts";
import type { Claim, LockedProfile, TraitGroup } from "./profile-rows.ts";

/** The changes of a batch of commands, for a storage engine to write. No two lists contain the same row. */
export interface ChangeSet {
  readonly created: readonly LockedProfile[];
  /** Profiles whose `holders` changed. */
  readonly updated: readonly LockedProfile[];
  /** Profiles that merged into another or were deleted. Their trait groups are deleted with them. */
  readonly removed: readonly string[];
  /** Nodes of merge trees that are new or changed. */
  readonly nodes: readonly MergeNode[];
  /** Identifiers that are new, or stored under another holder than before. */
  readonly attached: readonly Claim[];
  /** Stored identifiers that are removed. */
  readonly detached: readonly Identifier[];
  /** Each group that changed, as a whole. It contains at least one entry, which may be a removal. */
  readonly groups: readonly { readonly profileId: string; readonly name: string; readonly traits: TraitGroup }[];
}

/** An ID in a merge tree: a root, or a node below another. */
export type MergeNode =
  | {
      readonly id: string;
      /** Number of IDs in the tree. */
      readonly size: number;
      /** The canonical profile. Absent once it is deleted. */
      readonly canonicalId?: string;
    }
  | { readonly id: string; readonly parentId: string };
