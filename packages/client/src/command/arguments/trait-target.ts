/** A trait with its group. */
export interface TraitTarget {
  readonly traitGroup: string;
  readonly traitName: string;
}

/**
 * Takes `Group.trait` apart. A group with a dot in its name cannot be told so.
 *
 * @returns `undefined` if it is not of this form
 */
export function traitTarget(given: string): TraitTarget | undefined {
  const [, traitGroup, traitName] = /^([^.]+)\.(.+)$/s.exec(given) ?? [];
  return traitGroup && traitName ? { traitGroup, traitName } : undefined;
}
