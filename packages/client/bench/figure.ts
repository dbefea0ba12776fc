/** A measured value and its budget: one row of a table. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly isWithin: boolean;
}

/** A section of BENCH.md. */
export interface Measurement {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** A table that compares the client with others: its header, then its rows. */
  readonly comparison: readonly (readonly string[])[];
  /** Conditions of the run, such as versions. */
  readonly notes: readonly string[];
}

export function atLeast(what: string, value: number, least: number): Figure {
  return { what, measured: value.toFixed(2), budget: `at least ${least}`, isWithin: value >= least };
}

export function atMost(what: string, value: number, most: number): Figure {
  const measured = Number.isInteger(value) ? value.toLocaleString("en") : value.toFixed(2);
  return { what, measured, budget: `at most ${most.toLocaleString("en")}`, isWithin: value <= most };
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Runs all in turn, round by round, so that other load on the machine affects all of them. Returns the values by name, one per round. */
export async function interleaved<Name extends string>(
  rounds: number,
  names: readonly Name[],
  run: (name: Name) => Promise<number> | number,
): Promise<(name: Name) => readonly number[]> {
  const values = new Map<Name, number[]>(names.map((name) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) values.get(name)?.push(await run(name));
  }
  return (name) => values.get(name) ?? [];
}

/** Returns the median of a function of two values of the same round, such as their difference. */
export function medianOf(
  ones: readonly number[],
  others: readonly number[],
  between: (one: number, other: number) => number,
): number {
  return median(ones.map((one, round) => between(one, others[round] ?? Number.NaN)));
}

/** Returns a Markdown table. */
export function table([head = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`;
  return [head, head.map(() => "---"), ...rows].map(line).join("\n");
}
