import { progressLine, progressWords, type Step } from "./progress-line.ts";

/** Shows people how far something has come. */
export interface Progress {
  show(step: Step): void;
  /** Makes room for what is printed next. */
  end(): void;
}

/** What a stream must have, as `process.stderr` does. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Shown nowhere: whoever reads JSON reads the events. */
const noProgress: Progress = { show() {}, end() {} };

/** A line that is drawn anew on a terminal, plain lines elsewhere, nothing beside JSON. */
export function progressOn(stream: ProgressStream, isJson = false): Progress {
  if (isJson) return noProgress;
  return stream.isTTY ? drawn(stream) : told(stream);
}

function drawn(stream: ProgressStream): Progress {
  let shown = "";
  const draw = (line: string) => {
    if (line !== shown) stream.write(`\r${line}\x1b[K`);
    shown = line;
  };
  return { show: (step) => draw(progressLine(step, stream.columns || 80)), end: () => draw("") };
}

/** Tells of each step once, and of one that can be measured at every tenth. */
function told(stream: ProgressStream): Progress {
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
