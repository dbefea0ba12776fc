import type { ColumnMapping } from "@memory-api/types";

/**
 * The trait that `Group.trait` names. A group with a dot in its name cannot be told so.
 *
 * @returns `undefined` if it is not of this form
 */
export function traitNamed(target: string): Omit<ColumnMapping, "columnName"> | undefined {
  const [, traitGroup, traitName] = /^([^.]+)\.(.+)$/s.exec(target) ?? [];
  return traitGroup && traitName ? { traitGroup, traitName } : undefined;
}
