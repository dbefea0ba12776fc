const SECRET_HEADERS = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);
const REDACTED = "[redacted]";

/** Replaces the token of every upload URL in a text. Anyone who has the token can upload a file. */
export function redactTokens(text: string): string {
  return text.replaceAll(/([?&]token=)[^&#"\\\s]*/gi, `$1${REDACTED}`);
}

/** Replaces credentials, cookies and upload tokens in headers. */
export function redactHeaders(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  const redacted: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value === undefined) continue;
    redacted[name] = SECRET_HEADERS.has(name.toLowerCase()) ? REDACTED : redactTokens(String(value));
  }
  return redacted;
}
