/**
 * Request headers that any HTTP client may send: those of the IANA registry that are in use, those of the Fetch standard, and those that
 * tracing libraries add.
 */
const KNOWN_HEADERS = new Set([
  ...["accept", "accept-charset", "accept-encoding", "accept-language", "authorization", "baggage", "cache-control"],
  ...["connection", "content-encoding", "content-language", "content-length", "content-type", "cookie", "date", "dnt"],
  ...["dpop", "expect", "forwarded", "from", "host", "if-match", "if-modified-since", "if-none-match", "if-range"],
  ...[
    "if-unmodified-since",
    "keep-alive",
    "max-forwards",
    "origin",
    "pragma",
    "prefer",
    "priority",
    "range",
    "referer",
  ],
  ...["save-data", "te", "traceparent", "tracestate", "trailer", "transfer-encoding", "upgrade", "user-agent", "via"],
  ...["x-request-id", "x-requested-with", "b3"],
]);
const KNOWN_PREFIXES = ["sec-", "proxy-", "access-control-", "x-forwarded-", "x-b3-"];

/** @param name in lower case */
export function isKnownHeader(name: string): boolean {
  return KNOWN_HEADERS.has(name) || KNOWN_PREFIXES.some((prefix) => name.startsWith(prefix));
}

/** Names to suggest for a misspelled header. */
export const HEADER_SUGGESTIONS: readonly string[] = [...KNOWN_HEADERS];
