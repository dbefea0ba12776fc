import { readFile } from "node:fs/promises";
import { helpWords, type OptionName, parseArguments } from "./arguments.ts";
import { CredentialsError, EXIT, isUnauthorized, UsageError } from "./errors.ts";
import { HELP } from "./help.ts";
import type { Invocation } from "./invocation.ts";
import { print } from "./io/output.ts";
import type { Store } from "./store.ts";

interface Command {
  /** The words that name it. */
  readonly words: readonly string[];
  /** Its own options. Every command also accepts {@link SHARED_OPTIONS}. */
  readonly options: readonly OptionName[];
  /** Loads its function, which returns the exit code. The files of other commands are not loaded. */
  load(): Promise<(invocation: Invocation) => Promise<number>>;
}

const SHARED_OPTIONS: readonly OptionName[] = ["store", "base-url", "ready-file", "json"];

const COMMANDS: readonly Command[] = [
  {
    words: ["import"],
    options: ["map", "resume"],
    load: async () => (await import("./import-command.ts")).importCommand,
  },
  {
    words: ["profile", "get"],
    options: ["groups"],
    load: async () => (await import("./profile-commands.ts")).getProfile,
  },
  {
    words: ["profile", "create"],
    options: ["set", "set-json", "traits"],
    load: async () => (await import("./profile-commands.ts")).createProfile,
  },
  {
    words: ["profile", "patch"],
    options: ["set", "set-json", "unset", "follow-moved"],
    load: async () => (await import("./profile-commands.ts")).patchProfile,
  },
  {
    words: ["profile", "delete"],
    options: ["follow-moved"],
    load: async () => (await import("./profile-commands.ts")).deleteProfile,
  },
  {
    words: ["profile", "list"],
    options: ["limit", "order", "page-token"],
    load: async () => (await import("./list-profiles.ts")).listProfiles,
  },
  {
    words: ["bulk"],
    options: ["concurrency", "start-at"],
    load: async () => (await import("./bulk-command.ts")).bulkCommand,
  },
];

/**
 * Runs a command line.
 *
 * @param signal ends the command early
 * @returns the exit code
 * @throws {Error} for {@link explainError}
 */
export async function runCommand(given: readonly string[], signal: AbortSignal): Promise<number> {
  if (helpWords(given) !== undefined) {
    await print(HELP, signal);
    return EXIT.done;
  }
  const { words, options } = parseArguments(given);
  if (options.version && words.length === 0) {
    await print(await ownVersion(), signal);
    return EXIT.done;
  }
  const command = COMMANDS.find((each) => each.words.every((word, index) => word === words[index]));
  if (command === undefined) throw unknownCommand(words, given);
  const accepted: readonly string[] = [...SHARED_OPTIONS, ...command.options];
  const other = Object.keys(options).find((name) => !accepted.includes(name));
  if (other !== undefined) {
    const name = command.words.join(" ");
    throw new UsageError(`memory ${name} has no option --${other}. See memory ${command.words[0]} --help.`);
  }
  return execute(command, { operands: words.slice(command.words.length), options, signal });
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

/** Repeats an unknown word only if it comes first. After an option, it may be a part of a trait value that was not quoted. */
function unknownCommand([word]: readonly string[], given: readonly string[]): UsageError {
  if (word === "profile") {
    return new UsageError("Name an action: profile get, create, patch, delete or list. See memory profile --help.");
  }
  const commands = "The commands are import, profile and bulk. See memory --help.";
  if (word === undefined) return new UsageError(`The command is missing. ${commands}`);
  return new UsageError(`Unknown command${word === given[0] ? ` ${word}` : ""}. ${commands}`);
}

async function ownVersion(): Promise<string> {
  // This path is correct for the source file and for the published one.
  const { version }: { version: string } = JSON.parse(
    await readFile(new URL("../../package.json", import.meta.url), "utf8"),
  );
  return version;
}
