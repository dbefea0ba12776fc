/** A row of the table: the measured value and its budget. */
export interface Figure {
  readonly what: string;
  readonly measured: string;
  readonly budget: string;
  readonly isWithin: boolean;
}

export function atMost(what: string, value: number, most: number, unit: string): Figure {
  const measured = `${value.toFixed(value < 10 ? 1 : 0)} ${unit}`;
  return { what, measured, budget: `at most ${most} ${unit}`, isWithin: value <= most };
}

export function atLeast(what: string, value: number, least: number, unit: string): Figure {
  const text = (number: number) => `${Math.round(number).toLocaleString("en")}${unit}`;
  return { what, measured: text(value), budget: `at least ${text(least)}`, isWithin: value >= least };
}
