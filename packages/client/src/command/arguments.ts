import { parseArgs } from "node:util";
import { UsageError } from "./errors.ts";

/** All options of all commands. A name has the same type in every command, so options may precede the words that name the command. */
const OPTIONS = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean" },
  json: { type: "boolean" },
  store: { type: "string" },
  "base-url": { type: "string" },
  "ready-file": { type: "string" },
  map: { type: "string", multiple: true },
  resume: { type: "string" },
  set: { type: "string", multiple: true },
  "set-json": { type: "string", multiple: true },
  unset: { type: "string", multiple: true },
  traits: { type: "string" },
  groups: { type: "string" },
  "follow-moved": { type: "boolean" },
  limit: { type: "string" },
  order: { type: "string" },
  "page-token": { type: "string" },
  concurrency: { type: "string" },
  "start-at": { type: "string" },
} as const;

export type OptionName = keyof typeof OPTIONS;

/** Values of options by name. */
export type Options = ReturnType<typeof parseArguments>["options"];

/** @throws {TypeError} of `parseArgs`, for an unknown option or a wrong value */
export function parseArguments(given: readonly string[]) {
  const { values, positionals } = parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
  return { words: positionals, options: values };
}

/** Returns the words of a command line that asks for help, even if the rest of it is invalid; `undefined` for one that does not. */
export function helpWords(given: readonly string[]): readonly string[] | undefined {
  const { values, positionals } = parseArgs({
    args: [...given],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
  });
  const isWord = positionals[0] === "help";
  return isWord || values["help"] === true ? positionals.slice(isWord ? 1 : 0) : undefined;
}

/** @throws {UsageError} which does not repeat the arguments, since they may be a part of a trait value that was not quoted */
export function noOperands(operands: readonly string[]): void {
  if (operands.length === 0) return;
  throw new UsageError("There are arguments that belong to no option. Quote what has a space in it.");
}

/**
 * Returns the only argument of a command besides its options.
 *
 * @param usage the command line, for the error
 * @throws {UsageError} if there is no argument, or more than one
 */
export function oneOperand([operand, ...others]: readonly string[], usage: string): string {
  noOperands(others);
  if (operand === undefined) throw new UsageError(`An argument is missing: ${usage}`);
  return operand;
}

/** Returns options as words of a command line. */
export function optionWords(options: Options): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    if (value === true) return [`--${name}`];
    // A separate word that begins with a dash would be read as an option.
    return [value].flat().flatMap((each) => (each.startsWith("-") ? [`--${name}=${each}`] : [`--${name}`, each]));
  });
}

/** Returns the path of a file as a word that is not read as an option. */
export function fileWord(path: string): string {
  return /^-./.test(path) ? `./${path}` : path;
}

/** Joins words to a line that a POSIX shell splits into the same words. */
export function shellLine(words: readonly string[]): string {
  return words.map((word) => (/^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)).join(" ");
}
