import type { Traits as ContractTraits, TraitValue } from "@memory-api/types";

/** Traits of unknown types: JSON values by group and name. */
export type AnyTraits = ContractTraits;

/**
 * The constraint for types of traits: groups by name, each with its traits by name. Both type aliases and interfaces satisfy it. Groups
 * and traits that some profiles lack can be optional.
 */
export type TraitTypes<Traits> = {
  [Group in keyof Traits]: { [Trait in keyof Traits[Group]]: TraitValue | undefined } | undefined;
};

/** Traits to create a profile with: any groups, and any traits of a group. `undefined` is not sent. */
export type TraitsToWrite<Traits> = {
  readonly [Group in keyof Traits]?:
    | { readonly [Trait in keyof TraitsOf<Traits, Group>]?: TraitsOf<Traits, Group>[Trait] | undefined }
    | undefined;
};

/** Changes for a patch: a value to write, or `null` to remove the trait. `undefined` is not sent. */
export type TraitsToPatch<Traits> = {
  readonly [Group in keyof Traits]?:
    | { readonly [Trait in keyof TraitsOf<Traits, Group>]?: TraitsOf<Traits, Group>[Trait] | null | undefined }
    | undefined;
};

/** Traits that were read. A profile can lack groups, and traits of a group. */
export type TraitsRead<Traits> = {
  readonly [Group in keyof Traits]?: {
    readonly [Trait in keyof TraitsOf<Traits, Group>]?: Exclude<TraitsOf<Traits, Group>[Trait], undefined>;
  };
};

/** The names of the trait groups. */
export type TraitGroupOf<Traits> = keyof Traits & string;

/** The names of all traits, each with its group: `"Contact.email"`. */
export type TraitTarget<Traits> = {
  [Group in TraitGroupOf<Traits>]-?: `${Group}.${keyof TraitsOf<Traits, Group> & string}`;
}[TraitGroupOf<Traits>];

type TraitsOf<Traits, Group extends keyof Traits> = NonNullable<Traits[Group]>;
