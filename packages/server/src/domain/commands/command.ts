import type { Identifier, TraitChange } from "../stores/store-rules.ts";

/** A checked write to the profiles of one store. Random values and times are already chosen, so it can be applied again. */
export type Command = UpsertCommand | PatchCommand | DeleteCommand;

/** Resolves identity: creates, finds or merges profiles. Each create, item of a bulk request and row of a file is one of these. */
export interface UpsertCommand extends Change {
  readonly kind: "upsert";
  /** ID of the profile if none has these identifiers. */
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
  /** Microseconds since 1970. Each identifier has its own time, starting from this one. */
  readonly acceptedAt: number;
  readonly changes: readonly TraitChange[];
  /** The identifiers of the promoted traits, in the order of the changes. */
  readonly identifiers: readonly Identifier[];
}

/** The result of a command. */
export type Outcome =
  | { readonly kind: "applied" /** The canonical profile. */; readonly id: string }
  | { readonly kind: "moved" /** The canonical profile. */; readonly id: string }
  | { readonly kind: "missing" };
