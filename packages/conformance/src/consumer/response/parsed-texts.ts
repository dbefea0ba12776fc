/** Wraps the value of a text that was parsed. */
type Track = (value: unknown) => unknown;

/** Responses with the same text. */
interface ExpectedText {
  /** Not parsed yet, oldest first. */
  readonly unparsed: Track[];
  last: Track;
}

/** The oldest texts are dropped, so that long runs do not keep all of them. */
const MAX_TEXTS = 1000;

/** Texts of responses that a consumer read without `json()`. They are kept, because some clients parse a text more than once. */
const texts = new Map<string, ExpectedText>();
let users = 0;
let isPaused = false;
let platformParse = JSON.parse;

const parse: typeof JSON.parse = (text, reviver) => {
  const value: unknown = platformParse(text, reviver);
  if (isPaused || reviver !== undefined || typeof text !== "string") return value;
  const expected = texts.get(text);
  if (expected === undefined) return value;
  const track = expected.unparsed.shift() ?? expected.last;
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
    texts.clear();
    if (JSON.parse === parse) JSON.parse = platformParse;
  };
}

/** Tracks the values that `JSON.parse` returns for a text. If responses have the same text, each is parsed in turn, then the last one. */
export function expectParse(text: string, track: Track): void {
  const known = texts.get(text);
  texts.delete(text);
  texts.set(text, { unparsed: [...(known?.unparsed ?? []), track], last: track });
  for (const oldest of texts.keys()) {
    if (texts.size <= MAX_TEXTS) break;
    texts.delete(oldest);
  }
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
