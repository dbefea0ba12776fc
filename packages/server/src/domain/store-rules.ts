import type { TraitValue } from "@memory-api/types";

/** What a store says of its traits and identifiers. Plain data: it is handed to threads. */
export interface StoreRules {
  readonly traitGroups: ReadonlyMap<string, ReadonlyMap<string, TraitDefinition>>;
  readonly identifierTypes: ReadonlyMap<string, IdentifierType>;
}

export interface TraitDefinition {
  readonly dataType: "STRING" | "NUMBER" | "BOOLEAN" | "ARRAY";
  /** The identifier type that the trait's value becomes. */
  readonly idTypePromotion?: string;
  readonly validationRule?: ValidationRule;
}

/** Bounds of a value: `pattern`, `minLength` and `maxLength` of a STRING, `min` and `max` of a NUMBER, the items of an ARRAY. */
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
  /** How many values one profile may hold, 1 to 100. */
  readonly limit: number;
  /** Over the limit, `fifo` drops the oldest value, `lifo` the newest. */
  readonly limitPolicy: "fifo" | "lifo";
}

export type Normalization = "phone" | "email" | "trim" | "none";

/** One trait to write, or with `null` to remove. */
export interface TraitChange {
  readonly group: string;
  readonly trait: string;
  readonly value: TraitValue | null;
}

/** A value of an identifier type, normalised. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
}

/** The type and the normalised value as one string, to look an identifier up by. */
export function identifierKey({ type, value }: Identifier): string {
  return `${type}\n${value}`;
}
