/** One line of the table: what was measured, and the least or most that it may be. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly isWithin: boolean;
}

/** What was told beside the figures, such as the rates that a ratio was made of. */
export interface Measurement {
  readonly title: string;
  readonly figures: readonly Figure[];
  readonly notes: readonly string[];
}

export function atLeast(what: string, value: number, least: number): Figure {
  return { what, measured: value.toFixed(2), budget: `at least ${least}`, isWithin: value >= least };
}

export function atMost(what: string, value: number, most: number, unit = ""): Figure {
  const digits = most >= 20 ? 0 : 2;
  return {
    what,
    measured: `${value.toFixed(digits)}${unit}`,
    budget: `at most ${most}${unit}`,
    isWithin: value <= most,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Turn by turn, so that what else the machine does falls on each alike. Gives the median of each. */
export async function interleaved<Name extends string>(
  rounds: number,
  runs: Readonly<Record<Name, () => Promise<number>>>,
): Promise<Record<Name, number>> {
  const names = Object.keys(runs) as Name[];
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) values.get(name)?.push(await runs[name]());
  }
  return Object.fromEntries(names.map((name) => [name, median(values.get(name) ?? [])])) as Record<Name, number>;
}

export function perSecond(rate: number): string {
  return `${Math.round(rate).toLocaleString("en")}/s`;
}
