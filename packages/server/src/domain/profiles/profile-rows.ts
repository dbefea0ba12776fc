import type { TraitValue } from "@memory-api/types";
import type { Identifier } from "../stores/store-rules.ts";

/**
 * The profiles of one store as rows, within one transaction. A storage engine implements it. The content of a locked profile does not
 * change until the transaction ends.
 */
export interface ProfileRows {
  /** Reads the identifiers of these profiles without a lock. An ID that was merged stands for its canonical profile. */
  readIdentifiers(profileIds: readonly string[]): Promise<readonly Claim[]>;
  /**
   * Locks the identifiers in the given order. Inserts those that do not exist, with the holder of the claim.
   *
   * @param meanwhile called if this thread would otherwise only wait
   */
  claimIdentifiers(claims: readonly Claim[], meanwhile: () => void): Promise<void>;
  /**
   * Resolves claimed identifiers and IDs to canonical profiles, and locks these in the order of their IDs. A profile may merge while the
   * lock waits. It is then missing from `profiles`, and a second call finds its successor.
   */
  lockProfiles(identifiers: readonly Identifier[], ids: readonly string[]): Promise<LockedProfiles>;
  /** Reads what locked profiles contain. */
  readContents(profiles: readonly LockedProfile[]): Promise<ProfileContents>;
  write(changeSet: ChangeSet): Promise<void>;
}

/** An identifier, and the ID under which it is stored: that of the profile it was attached to, which may have merged since. */
export interface Claim extends Identifier {
  readonly holder: string;
  /** Microseconds since 1970. */
  readonly addedAt: number;
}

export interface LockedProfile {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
  /** IDs of merged profiles, not including its own, under which identifiers of this profile are stored. */
  readonly holders: readonly string[];
}

export interface LockedProfiles {
  /** Canonical ID by identifier key. An identifier that this transaction inserted is missing. */
  readonly owners: ReadonlyMap<string, string>;
  /** Canonical ID of each given ID that was merged. An ID whose canonical profile was deleted is missing. */
  readonly canonicalIds: ReadonlyMap<string, string>;
  /** The live profiles among the canonical ones, which are locked now. */
  readonly profiles: readonly LockedProfile[];
}

export interface ProfileContents {
  /** Does not include those that this transaction inserted. */
  readonly identifiers: readonly Claim[];
  readonly groups: readonly { readonly profileId: string; readonly name: string; readonly traits: TraitGroup }[];
  /** The merge tree of each profile that took part in a merge, by profile ID. */
  readonly trees: ReadonlyMap<string, MergeTree>;
}

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

export type TraitGroup = Map<string, TraitEntry>;

/** A write to a trait. An entry without a value is a removal. */
export interface TraitEntry {
  readonly value?: TraitValue;
  /** Microseconds since 1970. */
  readonly writtenAt: number;
}

/** IDs that merged form a tree. Its root names the canonical profile. The smaller tree goes below the larger, so paths stay short. */
export interface MergeTree {
  /** ID at the root. It can be the ID of any profile of the tree. */
  readonly root: string;
  /** Number of IDs in the tree. */
  readonly size: number;
}
