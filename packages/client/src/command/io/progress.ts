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

/** The time since some point in the past, and timers. */
export interface Clock {
  /** In milliseconds. */
  now(): number;
  /** Calls a function at an interval, in milliseconds, until the returned function is called. */
  every(interval: number, callback: () => void): () => void;
}

const MAX_BAR_WIDTH = 40;
const MIN_BAR_WIDTH = 10;

/** How often a step that lasts is shown again, in milliseconds. */
const REDRAW_INTERVAL = 1000;
const LINE_INTERVAL = 10_000;

const systemClock: Clock = {
  now: () => performance.now(),
  every(interval, callback) {
    const timer = setInterval(callback, interval);
    // Progress does not keep the process alive.
    timer.unref();
    return () => clearInterval(timer);
  },
};

/** Nothing is shown in addition to JSON, which contains the events. */
const noProgress: Progress = { show() {}, end() {} };

/**
 * Returns progress that redraws one line on a terminal and writes plain lines elsewhere. A step without a fraction is shown again while it
 * lasts, with the time since it began.
 */
export function progressOn(stream: ProgressStream, isJson = false, clock = systemClock): Progress {
  if (isJson) return noProgress;
  return stream.isTTY ? redrawnLine(stream, clock) : plainLines(stream, clock);
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

function redrawnLine(stream: ProgressStream, clock: Clock): Progress {
  let shown = "";
  const draw = (line: string) => {
    if (line !== shown) stream.write(`\r${line}\x1b[K`);
    shown = line;
  };
  const drawStep = (step: Step) => draw(progressLine(step, stream.columns || 80));
  const timer = new StepTimer(clock, REDRAW_INTERVAL, drawStep);
  return {
    show: (step) => drawStep(timer.time(step)),
    end() {
      timer.stop();
      draw("");
    },
  };
}

/** Writes each step once, a step with a fraction at every tenth, and a step that lasts at an interval. */
function plainLines(stream: ProgressStream, clock: Clock): Progress {
  let last = "";
  let lastLine = "";
  const write = (step: Step) => {
    const line = `${progressWords(step)}\n`;
    // After an hour, the time changes only once a minute.
    if (line !== lastLine) stream.write(line);
    lastLine = line;
  };
  const timer = new StepTimer(clock, LINE_INTERVAL, write);
  return {
    show(step) {
      const { label, fraction } = step;
      const timed = timer.time(step);
      const now = fraction === undefined ? label : `${label} ${Math.floor(fraction * 10)}`;
      if (now !== last) write(timed);
      last = now;
    },
    end: () => timer.stop(),
  };
}

/** Adds the time since it began to a step without a fraction. Steps with the same label are one step. */
class StepTimer {
  readonly #clock: Clock;
  readonly #interval: number;
  readonly #onInterval: (step: Step) => void;
  #step: Step = { label: "" };
  #startedAt = 0;
  #stopTimer: (() => void) | undefined;

  /** @param onInterval receives the step in progress at each interval since it began */
  constructor(clock: Clock, interval: number, onInterval: (step: Step) => void) {
    this.#clock = clock;
    this.#interval = interval;
    this.#onInterval = onInterval;
  }

  /** Begins or continues a step, and returns it with its time. */
  time(step: Step): Step {
    if (step.fraction !== undefined || step.label !== this.#step.label) this.stop();
    this.#step = step;
    if (step.fraction !== undefined) return step;
    if (this.#stopTimer === undefined) {
      this.#startedAt = this.#clock.now();
      this.#stopTimer = this.#clock.every(this.#interval, () => this.#onInterval(this.#timedStep()));
    }
    return this.#timedStep();
  }

  stop(): void {
    this.#stopTimer?.();
    this.#stopTimer = undefined;
  }

  #timedStep(): Step {
    const { detail, ...step } = this.#step;
    const seconds = Math.floor((this.#clock.now() - this.#startedAt) / 1000);
    const elapsed = seconds >= 1 && `(${duration(seconds)})`;
    return { ...step, detail: [detail, elapsed].filter(Boolean).join(" ") };
  }
}

/** Formats a number of seconds. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  if (minutes === 0) return `${seconds} s`;
  if (minutes < 60) return `${minutes} min ${seconds % 60} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function progressWords({ label, fraction, detail = "" }: Step): string {
  return [label, percent(fraction), detail].filter(Boolean).join(" ");
}

function percent(fraction: number | undefined): string {
  return fraction === undefined ? "" : `${Math.floor(fraction * 100)} %`;
}
