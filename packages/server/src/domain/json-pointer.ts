/** The place of a value in a JSON document (RFC 6901): `/stores/0/id`. */
export function jsonPointer(...names: (string | number)[]): string {
  return names.map((name) => `/${String(name).replaceAll("~", "~0").replaceAll("/", "~1")}`).join("");
}
