import { stripVTControlCharacters } from "node:util";

/** A line of Prism's log, which is JSON, as a person reads it. */
export function readableLine(line: string): string {
  const { input, msg } = JSON.parse(line);
  const text = stripVTControlCharacters(msg);
  return input === undefined ? text : `${input.method.toUpperCase()} ${input.url.path} ${text}`;
}
