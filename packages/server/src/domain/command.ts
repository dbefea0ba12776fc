import type { Identifier, TraitChange } from "./store-rules.ts";

/** A write to the profiles of one store, checked, with all that is random or told by a clock settled. */
export type Command = UpsertCommand | PatchCommand | DeleteCommand;

/** Resolve identity: create, find or merge. A create, an item of a batch and a row of a file are one each. */
export interface UpsertCommand extends Change {
  readonly kind: "upsert";
  /** ID of the profile, should there be none with these identifiers. */
  readonly newId: string;
}

export interface PatchCommand extends Change {
  readonly kind: "patch";
  readonly profileId: string;
}

export interface DeleteCommand {
  readonly kind: "delete";
  readonly profileId: string;
}

interface Change {
  /** Microseconds since 1970. The identifiers count on from here. */
  readonly acceptedAt: number;
  readonly changes: readonly TraitChange[];
  /** What the promoted traits among the changes became, in their order. */
  readonly identifiers: readonly Identifier[];
}

/** What became of a command. */
export type Outcome =
  | { readonly kind: "applied" /** The canonical profile. */; readonly id: string }
  | { readonly kind: "moved" /** The canonical profile. */; readonly id: string }
  | { readonly kind: "missing" };
