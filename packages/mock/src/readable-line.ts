import { stripVTControlCharacters } from "node:util";

/** Converts a line of Prism's log from JSON to readable text. */
export function readableLine(line: string): string {
  const { input, msg } = JSON.parse(line);
  const text = stripVTControlCharacters(msg);
  return input === undefined ? text : `${input.method.toUpperCase()} ${input.url.path} ${text}`;
}
