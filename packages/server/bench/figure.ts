/** A row of the table: the measured value and its budget. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly isWithin: boolean;
}

/** The figures of one section, and notes such as the rates behind a ratio. */
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

/** Alternates the runs, so that other load on the machine affects all of them alike. Returns the median of each. */
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
