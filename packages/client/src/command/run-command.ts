import { version } from "../generated/version.ts";
import { parseArguments, scanArguments } from "./arguments.ts";
import { COMMANDS, type Command, commandNamed, optionsOf } from "./command-table.ts";
import { CredentialsError, EXIT, isUnauthorized, UsageError } from "./errors.ts";
import { helpFor } from "./help.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./io/output.ts";
import { OPTIONS } from "./options.ts";
import type { Store } from "./store.ts";

/**
 * Runs a command line.
 *
 * @param signal ends the command early
 * @returns the exit code
 * @throws {Error} for {@link explainError}
 */
export async function runCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  const { words, optionNames } = scanArguments(given);
  if (optionNames.includes("help") || words[0] === "help") {
    await print(helpFor(words[0] === "help" ? words.slice(1) : words), signal);
    return EXIT.done;
  }
  if (optionNames.includes("version") && words.length === 0) {
    await print(version, signal);
    return EXIT.done;
  }
  const command = commandNamed(words);
  const accepted: readonly string[] = command ? optionsOf(command) : Object.keys(OPTIONS);
  const other = optionNames.find((name) => !accepted.includes(name));
  if (other !== undefined) throw unknownOption(other, command);
  if (command === undefined) throw unknownCommand(words, given);
  const advice = `See memory ${command.words.join(" ")} --help.`;
  const { words: checkedWords, options } = parseArguments(given, advice);
  const operands = checkedWords.slice(command.words.length);
  const [unexpected] = operands.slice(command.operand === undefined ? 0 : 1);
  if (unexpected !== undefined) throw unexpectedOperand(unexpected, command, advice);
  return execute(command, { operands, options, signal });
}

/** @throws {CredentialsError} if the API rejects the credentials */
async function execute(command: Command, call: Omit<Invocation, "openStore">): Promise<number> {
  const run = await command.load();
  let store: Store | undefined;
  const openStore = async () => {
    store = await (await import("./store.ts")).openStore(call.options);
    return store;
  };
  try {
    return await run({ ...call, openStore });
  } catch (error) {
    if (store === undefined || !isUnauthorized(error)) throw error;
    throw new CredentialsError(error, store.credentialsFrom, store.credentialsAdvice);
  }
}

function unknownOption(name: string, command: Command | undefined): UsageError {
  const option = name.length === 1 ? `-${name}` : `--${name}`;
  if (command === undefined) return new UsageError(`There is no option ${option}. See memory --help.`);
  const line = `memory ${command.words.join(" ")}`;
  const options = optionsOf(command).map((each) => `--${each}`);
  return new UsageError(`${line} has no option ${option}. Options: ${options.join(", ")}. See ${line} --help.`);
}

function unknownCommand([word, action]: readonly string[], given: readonly string[]): UsageError {
  const actions = COMMANDS.filter(({ words }) => words[0] === word).map(({ words }) => words[1]);
  if (word !== undefined && actions.length > 0) {
    const problem = action === undefined ? "The action is missing" : `Unknown action${named(action, 1, given)}`;
    return new UsageError(`${problem}. Actions of memory ${word}: ${actions.join(", ")}. See memory ${word} --help.`);
  }
  const problem = word === undefined ? "The command is missing" : `Unknown command${named(word, 0, given)}`;
  const commands = new Set(COMMANDS.map(({ words }) => words[0]));
  return new UsageError(`${problem}. Commands: ${[...commands].join(", ")}. See memory --help.`);
}

function unexpectedOperand(operand: string, { options }: Command, advice: string): UsageError {
  // It may be a part of a trait value that was not quoted.
  return options.includes("set")
    ? new UsageError(`There are too many arguments. Quote a value that contains spaces. ${advice}`)
    : new UsageError(`Unexpected argument ${JSON.stringify(operand)}. ${advice}`);
}

/** Repeats an unknown word only if no option precedes it. Otherwise it may be a part of a trait value that was not quoted. */
function named(word: string, index: number, given: readonly string[]): string {
  return given.slice(0, index + 1).some((each) => each.startsWith("-")) ? "" : ` ${word}`;
}
