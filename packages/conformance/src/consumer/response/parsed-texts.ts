/** Receives the value of a text that was parsed, and returns the value that replaces it. */
type Track = (value: unknown) => unknown;

/**
 * Texts of responses that a consumer read without `json()`, by text, oldest first. Each is expected in `JSON.parse` once. A consumer that
 * never parses one keeps it until its usage is closed.
 */
const expected = new Map<string, Track[]>();
let users = 0;
let isPaused = false;
let platformParse = JSON.parse;

const parse: typeof JSON.parse = (text, reviver) => {
  const value: unknown = platformParse(text, reviver);
  if (isPaused || expected.size === 0 || reviver !== undefined || typeof text !== "string") return value;
  const [track, ...others] = expected.get(text) ?? [];
  if (track === undefined) return value;
  if (others.length > 0) expected.set(text, others);
  else expected.delete(text);
  return track(value);
};

/**
 * Replaces `JSON.parse`, so that it tracks the texts of responses. Most clients read a text and parse it: `response.json()` alone would
 * not show what they read.
 *
 * @returns a function that restores it, once every caller has called it
 */
export function interceptJsonParse(): () => void {
  if (users++ === 0) {
    platformParse = JSON.parse;
    JSON.parse = parse;
  }
  return () => {
    if (--users > 0) return;
    expected.clear();
    if (JSON.parse === parse) JSON.parse = platformParse;
  };
}

/** Tracks the value of a text when `JSON.parse` parses it next. */
export function expectParse(text: string, track: Track): void {
  expected.set(text, [...(expected.get(text) ?? []), track]);
}

/** Runs work of this package, whose own `JSON.parse` is not that of the consumer. */
export function withoutTracking<Result>(work: () => Result): Result {
  const before = isPaused;
  isPaused = true;
  try {
    return work();
  } finally {
    isPaused = before;
  }
}
