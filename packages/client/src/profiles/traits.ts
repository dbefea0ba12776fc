import type { Traits as ContractTraits, TraitValue } from "@memory-api/types";

/** Traits of which nothing is known: JSON values by group and name. */
export type AnyTraits = ContractTraits;

/**
 * What types of traits look like: groups by name, each with its traits by name. Types and interfaces fit, of the whole and of a
 * group; a group or a trait that not every profile has may be optional.
 */
export type TraitTypes<Traits> = {
  [Group in keyof Traits]: { [Trait in keyof Traits[Group]]: TraitValue | undefined } | undefined;
};

type TraitsOf<Traits, Group extends keyof Traits> = NonNullable<Traits[Group]>;

/** Traits as create and bulk take them: any of the groups, and of each any of its traits. What is `undefined` is not sent. */
export type TraitsToWrite<Traits> = {
  readonly [Group in keyof Traits]?:
    | { readonly [Trait in keyof TraitsOf<Traits, Group>]?: TraitsOf<Traits, Group>[Trait] | undefined }
    | undefined;
};

/** Changes as patch takes them: a value to write, or `null` to remove the trait. What is `undefined` is not sent. */
export type TraitsToPatch<Traits> = {
  readonly [Group in keyof Traits]?:
    | { readonly [Trait in keyof TraitsOf<Traits, Group>]?: TraitsOf<Traits, Group>[Trait] | null | undefined }
    | undefined;
};

/** Traits as they are read. A profile need not have every group, nor every trait of a group. */
export type TraitsRead<Traits> = {
  readonly [Group in keyof Traits]?: {
    readonly [Trait in keyof TraitsOf<Traits, Group>]?: Exclude<TraitsOf<Traits, Group>[Trait], undefined>;
  };
};

/** Names of the trait groups. */
export type TraitGroupOf<Traits> = keyof Traits & string;

/** Names of all traits, each with its group: `"Contact.email"`. */
export type TraitTarget<Traits> = {
  [Group in TraitGroupOf<Traits>]-?: `${Group}.${keyof TraitsOf<Traits, Group> & string}`;
}[TraitGroupOf<Traits>];
