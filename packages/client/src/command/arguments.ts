import { parseArgs } from "node:util";
import { UsageError } from "./errors.ts";
import { OPTIONS } from "./options.ts";

/** Values of options by name. */
export type Options = ReturnType<typeof parseArguments>["options"];

/** Returns the words of a command line, and the names of its options, even if it is invalid. */
export function scanArguments(given: readonly string[]): {
  readonly words: readonly string[];
  readonly optionNames: readonly string[];
} {
  const { values, positionals } = parseArgs({
    args: [...given],
    options: OPTIONS,
    allowPositionals: true,
    strict: false,
  });
  return { words: positionals, optionNames: Object.keys(values) };
}

/**
 * Parses a command line.
 *
 * @param advice follows the reason in the message of the error
 * @throws {UsageError} for an unknown option, a missing value, or a value of an option that has none
 */
export function parseArguments(given: readonly string[], advice: string) {
  try {
    const { values, positionals } = parseArgs({ args: [...given], options: OPTIONS, allowPositionals: true });
    return { words: positionals, options: values };
  } catch (error) {
    if (!isParseArgsError(error)) throw error;
    const [, option] = /^Option '.*(--[\w-]+).*' argument is ambiguous/.exec(error.message) ?? [];
    const reason =
      option === undefined
        ? error.message.replace(/\.?$/, ".")
        : `Option '${option}' needs a value. Write a value that begins with a dash as ${option}=<value>.`;
    throw new UsageError(`${reason} ${advice}`);
  }
}

function isParseArgsError(error: unknown): error is TypeError {
  return String(Object(error).code).startsWith("ERR_PARSE_ARGS_");
}

/**
 * Returns the argument of a command besides its options.
 *
 * @param usage the command line, for the error
 * @throws {UsageError} if it is missing
 */
export function requiredOperand([operand]: readonly string[], usage: string): string {
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
