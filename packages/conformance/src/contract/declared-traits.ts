/** A trait as a store declares it. */
export interface DeclaredTrait {
  readonly dataType: "STRING" | "NUMBER" | "BOOLEAN" | "ARRAY";
  /** The identifier type that the value of the trait becomes. */
  readonly idTypePromotion?: string;
  readonly validationRule?: {
    readonly pattern?: string;
    readonly minLength?: number;
    readonly maxLength?: number;
    readonly min?: number;
    readonly max?: number;
    readonly minItems?: number;
    readonly maxItems?: number;
  };
}

/** The traits that a store declares, by trait group and name. */
export type DeclaredTraits = Readonly<Record<string, Readonly<Record<string, DeclaredTrait>>>>;

/** A trait that a store declares, and where. */
export interface TraitTarget {
  readonly traitGroup: string;
  readonly traitName: string;
  readonly trait: DeclaredTrait;
}

const TEXT: DeclaredTrait = { dataType: "STRING" };

/** The traits of the default store, as the description of the contract lists them. */
export const DEFAULT_STORE_TRAITS: DeclaredTraits = {
  Contact: {
    firstName: TEXT,
    lastName: TEXT,
    email: { dataType: "STRING", idTypePromotion: "email" },
    phone: { dataType: "STRING", idTypePromotion: "phone" },
    street: TEXT,
    city: TEXT,
    state: TEXT,
    postalCode: TEXT,
    country: TEXT,
    preferredLanguage: TEXT,
  },
};

export function traitTargets(declared: DeclaredTraits): readonly TraitTarget[] {
  return Object.entries(declared).flatMap(([traitGroup, traits]) =>
    Object.entries(traits).map(([traitName, trait]) => ({ traitGroup, traitName, trait })),
  );
}

export function promotedTargets(declared: DeclaredTraits): readonly TraitTarget[] {
  return traitTargets(declared).filter(({ trait }) => trait.idTypePromotion !== undefined);
}

/** @returns the definition of a trait; `undefined` if it is not declared */
export function declaredTrait(declared: DeclaredTraits, group: string, name: string): DeclaredTrait | undefined {
  const traits = Object.hasOwn(declared, group) ? declared[group] : undefined;
  return traits !== undefined && Object.hasOwn(traits, name) ? traits[name] : undefined;
}
