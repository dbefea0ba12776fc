import type { Invocation } from "./invocation.ts";
import { type OptionName, SHARED_OPTIONS } from "./options.ts";

/** A command, with its help. */
export interface Command {
  /** The words that name it. */
  readonly words: readonly string[];
  /** The argument besides its options, as the help names it. */
  readonly operand?: string;
  /** One line of the list of commands. */
  readonly summary: string;
  /** What follows the words that name it, if there is more to show than `operand`. One entry for each form. */
  readonly usage?: readonly string[];
  /** Paragraphs below the usage, whose lines fit a terminal of 80 columns. */
  readonly description: string;
  /** Its own options. Every command also accepts {@link SHARED_OPTIONS}. */
  readonly options: readonly OptionName[];
  readonly examples: readonly string[];
  /** Loads its function, which returns the exit code. The files of other commands are not loaded. */
  load(): Promise<(invocation: Invocation) => Promise<number>>;
}

/** All commands. A command whose words begin with those of another follows it. */
export const COMMANDS: readonly Command[] = [
  {
    words: ["import"],
    operand: "<file.csv>",
    summary: "Import profiles from a CSV file",
    usage: ["<file.csv> --map <column>=<Group.trait> --map … [options]", "--resume <importId> [options]"],
    description: `Uploads a CSV file, waits until the service has processed it, and prints how
many rows failed. With --json, it prints each event as a line of JSON.

The file is UTF-8 and has a header row. A row needs a value for at least one
trait that identifies a profile, such as Contact.email. Importing the same row
again has no effect. If the command ends early, it prints the command that
continues the import.

To import a file that is named list or status, write ./list or ./status:
memory import list and memory import status are commands.`,
    options: ["map", "resume"],
    examples: [
      "memory import contacts.csv --map email=Contact.email --map 'first name'=Contact.firstName",
      "memory import --resume mem_import_01kkbk0tfteqn89st3b7v4f5y8",
    ],
    load: async () => (await import("./commands/import-file.ts")).importFile,
  },
  {
    words: ["import", "list"],
    summary: "List the newest imports",
    description: `Prints a table of the imports of the store, newest first; with --json, one JSON
document per line. The API lists the newest 100 imports, and the command sends
one request for each import that it prints.`,
    options: ["limit"],
    examples: ["memory import list --limit 10"],
    load: async () => (await import("./commands/import-queries.ts")).listImports,
  },
  {
    words: ["import", "status"],
    operand: "<importId>",
    summary: "Print the status of an import",
    description: `Prints the status of an import, how many of its rows failed, and its file; with
--json, a JSON document. To wait until an import is completed, use
memory import --resume <importId>.`,
    options: [],
    examples: ["memory import status mem_import_01kkbk0tfteqn89st3b7v4f5y8"],
    load: async () => (await import("./commands/import-queries.ts")).showImport,
  },
  {
    words: ["profile", "get"],
    operand: "<profileId>",
    summary: "Print a profile",
    description: `Prints a profile, one trait per line; with --json, a JSON document. If the
profile was merged, prints the profile that it was merged into.`,
    options: ["groups"],
    examples: ["memory profile get mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv --groups Contact"],
    load: async () => (await import("./commands/profiles.ts")).getProfile,
  },
  {
    words: ["profile", "create"],
    summary: "Create a profile, or update the one with the same identifier",
    usage: ["--set <Group.trait>=<string> … [options]", "--traits <file.json> [options]"],
    description: `Creates a profile and prints its ID. If a profile already has the email address
or another identifier, that profile is updated.`,
    options: ["set", "set-json", "traits"],
    examples: [
      "memory profile create --set Contact.email=ada@example.com --set 'Contact.city=Los Angeles'",
      "memory profile create --traits ada.json",
    ],
    load: async () => (await import("./commands/profiles.ts")).createProfile,
  },
  {
    words: ["profile", "patch"],
    operand: "<profileId>",
    summary: "Change traits of a profile",
    usage: ["<profileId> --set <Group.trait>=<string> … [options]", "<profileId> --unset <Group.trait> … [options]"],
    description: "Sets and removes traits of a profile. Other traits keep their values.",
    options: ["set", "set-json", "unset", "follow-moved"],
    examples: [
      "memory profile patch mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv --set Contact.city=Oakland",
      "memory profile patch mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv --unset Contact.street",
    ],
    load: async () => (await import("./commands/profiles.ts")).patchProfile,
  },
  {
    words: ["profile", "delete"],
    operand: "<profileId>",
    summary: "Delete a profile permanently",
    description: "Deletes a profile permanently. It does not ask for confirmation.",
    options: ["follow-moved"],
    examples: ["memory profile delete mem_profile_01kjpx9gbsf34a7d8j2y8hjkqv"],
    load: async () => (await import("./commands/profiles.ts")).deleteProfile,
  },
  {
    words: ["profile", "list"],
    summary: "List the IDs of all profiles",
    description: `Prints the IDs of the profiles of the store, one per line, newest first; with
--json, one page per line. If --limit leaves some out, it prints the command
that continues the list.`,
    options: ["limit", "order", "page-token"],
    examples: ["memory profile list --limit 10 --order ASC"],
    load: async () => (await import("./commands/list-profiles.ts")).listProfiles,
  },
  {
    words: ["bulk"],
    operand: "<file.ndjson>",
    summary: "Create or update profiles from a file with one profile per line",
    description: `Sends the profiles of a file, or of standard input for -, in requests of up to
1000, and prints how many were accepted. With --json, it prints a line of JSON
for each request. Each line of the file is a profile:

  {"traits": {"Contact": {"email": "ada@example.com", "firstName": "Ada"}}}

If the command ends early, it prints the command that continues.`,
    options: ["concurrency", "start-at"],
    examples: ["memory bulk people.ndjson --concurrency 4"],
    load: async () => (await import("./commands/bulk.ts")).bulk,
  },
];

/** Returns the command that a line begins with; `undefined` if there is none. */
export function commandNamed(words: readonly string[]): Command | undefined {
  return COMMANDS.findLast((command) => command.words.every((word, index) => word === words[index]));
}

/** Returns the names of the options that a command accepts. */
export function optionsOf(command: Command): readonly OptionName[] {
  return [...command.options, ...SHARED_OPTIONS];
}
