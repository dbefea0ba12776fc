import { COMMANDS, type Command, commandNamed } from "./command-table.ts";
import { OPTIONS, type OptionName, SHARED_OPTIONS } from "./options.ts";

const CREDENTIALS = `Credentials:
  Set TWILIO_API_KEY and TWILIO_API_SECRET, or TWILIO_ACCOUNT_SID and
  TWILIO_AUTH_TOKEN, or use --ready-file. No option accepts credentials, because
  other users of the machine can read command lines.`;

const EXIT_CODES = `Exit codes:
  0    Done
  1    Failed
  2    Wrong arguments; nothing was sent
  3    Import completed, but some rows failed
  130  Interrupted by Ctrl-C (143 by SIGTERM)`;

const FIRST_STEPS = `Try it with a sandbox:
  npx memory-server --sandbox --ready-file ready.json
  npx memory profile list --ready-file ready.json      (in another terminal)`;

/**
 * Returns the help of a command, or of all commands that begin with the same word.
 *
 * @param words the words of the command line; all commands if they name none
 */
export function helpFor(words: readonly string[]): string {
  const command = commandNamed(words);
  const group = COMMANDS.filter((each) => each.words[0] === words[0]);
  const sections = command ? commandHelp(command) : overview(group.length > 0 ? group : COMMANDS);
  return sections.join("\n\n");
}

function overview(commands: readonly Command[]): string[] {
  const isGroup = commands !== COMMANDS;
  const name = isGroup ? `memory ${commands[0]?.words[0]}` : "memory";
  return [
    `Usage: ${name} <${isGroup ? "action" : "command"}> [options]`,
    `${isGroup ? "Actions" : "Commands"}:\n${columns(commands.map((each) => [nameOf(each), each.summary]))}`,
    `Run ${name} <${isGroup ? "action" : "command"}> --help for its options and examples.`,
    ...(isGroup ? [] : [optionHelp("Options of every command", SHARED_OPTIONS)]),
    ...(isGroup ? [] : [optionHelp("Option without a command", ["version"])]),
    ...(isGroup ? [] : [CREDENTIALS, EXIT_CODES, FIRST_STEPS]),
  ];
}

function commandHelp(command: Command): string[] {
  const { words, operand, usage = [[operand, "[options]"].filter(Boolean).join(" ")], options } = command;
  const more = COMMANDS.filter((each) => each !== command && words.every((word, index) => word === each.words[index]));
  return [
    usage.map((form, index) => `${index === 0 ? "Usage:" : "      "} memory ${words.join(" ")} ${form}`).join("\n"),
    command.description,
    ...(more.length > 0 ? [`See also:\n${columns(more.map((each) => [`memory ${nameOf(each)}`, each.summary]))}`] : []),
    ...(options.length > 0 ? [optionHelp("Options", options)] : []),
    optionHelp("Options of every command", SHARED_OPTIONS),
    `Examples:\n${command.examples.map((line) => `  ${line}`).join("\n")}`,
    "Run memory --help for credentials and exit codes.",
  ];
}

function nameOf({ words, operand }: Command): string {
  return [...words, operand].filter(Boolean).join(" ");
}

function optionHelp(title: string, names: readonly OptionName[]): string {
  const rows = names.map((name) => {
    const option = OPTIONS[name];
    const short = "short" in option ? `-${option.short}, ` : "";
    const value = "value" in option ? ` ${option.value}` : "";
    return [`${short}--${name}${value}`, option.help] as const;
  });
  return `${title}:\n${columns(rows)}`;
}

/** Formats two columns, the second of which can have several lines. */
function columns(rows: readonly (readonly [first: string, second: string])[]): string {
  const width = Math.max(...rows.map(([first]) => first.length));
  const margin = `\n${" ".repeat(width + 4)}`;
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second.replaceAll("\n", margin)}`).join("\n");
}
