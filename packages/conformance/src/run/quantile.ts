/** @param sorted ascending @returns the smallest value that a share of the values does not exceed; 0 without values */
export function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}
