/** Escapes a name for a JSON pointer. */
export function escapedToken(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}

/** Returns the name that a token of a JSON pointer stands for. */
export function unescapedToken(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
