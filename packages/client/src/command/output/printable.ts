/** Text of others as it can be shown on a terminal: one line, and nothing in it that a terminal would obey. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, (control) => `\\u${control.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
