/** How far something has come. */
export interface Step {
  /** What is being done. */
  readonly label: string;
  /** From 0 to 1, where it can be told. */
  readonly fraction?: number | undefined;
  /** What else there is to say. */
  readonly detail?: string | undefined;
}

const WIDEST_BAR = 40;
const NARROWEST_BAR = 10;

/** A step in words. */
export function progressWords({ label, fraction, detail = "" }: Step): string {
  return [label, percent(fraction), detail].filter(Boolean).join(" ");
}

/**
 * A step as a line of a terminal, with a bar where there is room for one.
 *
 * @param columns how wide the terminal is
 */
export function progressLine(step: Step, columns: number): string {
  const { label, fraction, detail = "" } = step;
  // Some terminals begin a new line after the last column.
  const width = columns - 1;
  if (fraction === undefined) return progressWords(step).slice(0, width);
  const end = [`${percent(fraction).padStart(5)}`, detail].filter(Boolean).join(" ");
  const room = Math.min(WIDEST_BAR, width - label.length - end.length - " [] ".length);
  if (room < NARROWEST_BAR) return progressWords(step).slice(0, width);
  const done = "#".repeat(Math.floor(room * fraction));
  return `${label} [${done.padEnd(room, "-")}] ${end}`;
}

function percent(fraction: number | undefined): string {
  return fraction === undefined ? "" : `${Math.floor(fraction * 100)} %`;
}
