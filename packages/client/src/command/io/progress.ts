/** A step of the work, as progress shows it. */
export interface Step {
  /** What is being done. */
  readonly label: string;
  /** How much of it is done, from 0 to 1, if known. */
  readonly fraction?: number | undefined;
  readonly detail?: string | undefined;
}

/** Shows progress to a person. */
export interface Progress {
  show(step: Step): void;
  /** Ends the display, so that other output can follow. */
  end(): void;
}

/** The part of `process.stderr` that progress needs. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const MAX_BAR_WIDTH = 40;
const MIN_BAR_WIDTH = 10;

/** Nothing is shown beside JSON, which contains the events. */
const noProgress: Progress = { show() {}, end() {} };

/** Returns progress that redraws one line on a terminal and writes plain lines elsewhere. */
export function progressOn(stream: ProgressStream, isJson = false): Progress {
  if (isJson) return noProgress;
  return stream.isTTY ? redrawnLine(stream) : plainLines(stream);
}

/**
 * Formats a step as a line of a terminal, with a bar if there is room for one.
 *
 * @param columns the width of the terminal
 */
export function progressLine(step: Step, columns: number): string {
  const { label, fraction, detail = "" } = step;
  // Some terminals wrap after the last column.
  const width = columns - 1;
  if (fraction === undefined) return progressWords(step).slice(0, width);
  const end = [`${percent(fraction).padStart(5)}`, detail].filter(Boolean).join(" ");
  const room = Math.min(MAX_BAR_WIDTH, width - label.length - end.length - " [] ".length);
  if (room < MIN_BAR_WIDTH) return progressWords(step).slice(0, width);
  const done = "#".repeat(Math.floor(room * fraction));
  return `${label} [${done.padEnd(room, "-")}] ${end}`;
}

function redrawnLine(stream: ProgressStream): Progress {
  let shown = "";
  const draw = (line: string) => {
    if (line !== shown) stream.write(`\r${line}\x1b[K`);
    shown = line;
  };
  return { show: (step) => draw(progressLine(step, stream.columns || 80)), end: () => draw("") };
}

/** Writes each step once, and a step with a fraction at every tenth. */
function plainLines(stream: ProgressStream): Progress {
  let last = "";
  return {
    show(step) {
      const { label, fraction } = step;
      const now = fraction === undefined ? label : `${label} ${Math.floor(fraction * 10)}`;
      if (now !== last) stream.write(`${progressWords(step)}\n`);
      last = now;
    },
    end() {},
  };
}

function progressWords({ label, fraction, detail = "" }: Step): string {
  return [label, percent(fraction), detail].filter(Boolean).join(" ");
}

function percent(fraction: number | undefined): string {
  return fraction === undefined ? "" : `${Math.floor(fraction * 100)} %`;
}
