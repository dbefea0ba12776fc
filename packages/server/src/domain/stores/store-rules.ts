import type { TraitValue } from "@memory-api/types";

/** The traits and identifiers that a store declares. Plain data, because threads receive it. */
export interface StoreRules {
  readonly traitGroups: ReadonlyMap<string, ReadonlyMap<string, TraitDefinition>>;
  readonly identifierTypes: IdentifierTypes;
}

export type IdentifierTypes = ReadonlyMap<string, IdentifierType>;

export interface TraitDefinition {
  readonly dataType: "STRING" | "NUMBER" | "BOOLEAN" | "ARRAY";
  /** The identifier type that the trait's value becomes. */
  readonly idTypePromotion?: string;
  readonly validationRule?: ValidationRule;
}

/** Bounds of a value: `pattern`, `minLength` and `maxLength` of a STRING, `min` and `max` of a NUMBER, `minItems` and `maxItems` of an ARRAY. */
export interface ValidationRule {
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  readonly minItems?: number;
  readonly maxItems?: number;
}

export interface IdentifierType {
  readonly normalization: Normalization;
  /** Maximum number of values of one profile, 1 to 100. */
  readonly limit: number;
  /** Over the limit, `fifo` drops the oldest value and `lifo` the newest. */
  readonly limitPolicy: "fifo" | "lifo";
}

export type Normalization = "phone" | "email" | "trim" | "none";

/** A trait to write, or to remove if the value is `null`. */
export interface TraitChange {
  readonly group: string;
  readonly trait: string;
  readonly value: TraitValue | null;
  /** On the removal of a promoted trait: the type of its identifier, which is released with it. */
  readonly releases?: Pick<IdentifierType, "normalization"> & { readonly type: string };
}

/** A normalized value of an identifier type. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** The type and the normalized value as one string, for use as a key. */
export function identifierKey({ type, value }: Identifier): string {
  return `${type}\n${value}`;
}
