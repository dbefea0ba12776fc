/** What CI found out about a pull request. The code of the pull request collects it, so every text can be anything. */
export interface PullRequestFigures {
  /** The changes of the contract. Missing if `run diff` failed. */
  diff?: ContractDiff;
  /** The last line of `pnpm test`. */
  totals: string;
  failed: string[];
  /** Coverage and sizes, one sentence each. */
  figures: string[];
}

/** The part of `run diff --format json` that the comment shows. */
export interface ContractDiff {
  needed: string;
  passed: boolean;
  changes: ContractChangeLine[];
}

export interface ContractChangeLine {
  bump: string;
  pointer: string;
  why: string;
  action: string;
  operations: string[];
  broken: { consumer: string; because: string }[];
}

const MAX_LENGTH = 5_000_000;

/**
 * Reads the figures. They come from the code of a pull request, so everything that does not have the expected type is dropped.
 *
 * @throws {Error} if the text is too long or not a JSON object
 */
export function parseFigures(text: string): PullRequestFigures {
  if (text.length > MAX_LENGTH) throw new Error(`The figures are longer than ${MAX_LENGTH} characters.`);
  const figures = objectOf(JSON.parse(text));
  const diff = figures["diff"];
  return {
    ...(isObject(diff) && { diff: diffOf(diff) }),
    totals: textOf(figures["totals"]),
    failed: textsOf(figures["failed"]),
    figures: textsOf(figures["figures"]),
  };
}

function diffOf(diff: object): ContractDiff {
  const { needed, passed, changes }: Record<string, unknown> = { ...diff };
  return { needed: textOf(needed), passed: passed === true, changes: objectsOf(changes).map(changeOf) };
}

function changeOf({ action, broken, bump, operations, pointer, why }: Record<string, unknown>): ContractChangeLine {
  return {
    bump: textOf(bump),
    pointer: textOf(pointer),
    why: textOf(why),
    action: textOf(action),
    operations: textsOf(operations),
    broken: objectsOf(broken).map(({ because, consumer }) => ({
      consumer: textOf(consumer),
      because: textOf(because),
    })),
  };
}

function objectOf(value: unknown): Record<string, unknown> {
  if (isObject(value)) return { ...value };
  throw new Error("The figures are not a JSON object.");
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function objectsOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isObject).map((each) => ({ ...each })) : [];
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
