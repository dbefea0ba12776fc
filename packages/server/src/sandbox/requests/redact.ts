const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);
const REDACTED = "[redacted]";

/** A text with the token of every upload URL in it made unreadable: whoever has the token may upload. */
export function redactTokens(text: string): string {
  return text.replaceAll(/([?&]token=)[^&#"\\\s]*/gi, `$1${REDACTED}`);
}

/** Headers as they came, with those made unreadable that open something. */
export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const redacted: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    redacted[name] = SECRET_HEADERS.has(name.toLowerCase()) ? REDACTED : redactTokens(String(value));
  }
  return redacted;
}
