import { type ParseArgsConfig, parseArgs } from "node:util";

/**
 * Parses the options of a command.
 *
 * @param command as the user types it, such as `memory-server check`
 * @throws {Error} if an argument is invalid, with a message that lists the options
 */
export function parseOptions<Config extends ParseArgsConfig>(command: string, config: Config) {
  try {
    return parseArgs(config);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The rest of the message explains how to pass arguments that the command does not have.
    const [reason] = error.message.split(/\. |\n/);
    const names = Object.keys(config.options ?? {}).map((name) => `--${name}`);
    const options = names.length > 0 ? `has the options ${names.join(", ")}` : "has no options";
    throw new Error(`${reason}. ${command} ${options}. Run memory-server --help.`, { cause: error });
  }
}
