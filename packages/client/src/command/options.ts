import type { ParseArgsOptionDescriptor } from "node:util";

/** An option as `parseArgs` reads it, and its help. */
interface OptionDefinition extends ParseArgsOptionDescriptor {
  /** The form of its value. */
  readonly value?: string;
  /** Each line of it fits next to the names of the options. */
  readonly help: string;
}

/** All options of all commands. A name has the same type in every command, so options may precede the words that name the command. */
export const OPTIONS = {
  map: {
    type: "string",
    multiple: true,
    value: "<column>=<Group.trait>",
    help: "Import this column of the file as this trait.\nRepeat for each column; at least two are needed.",
  },
  resume: {
    type: "string",
    value: "<importId>",
    help: "Wait for an import whose file is already uploaded",
  },
  set: {
    type: "string",
    multiple: true,
    value: "<Group.trait>=<string>",
    help: "Set a trait to a string. Can be repeated.",
  },
  "set-json": {
    type: "string",
    multiple: true,
    value: "<Group.trait>=<json>",
    help: "Set a trait to JSON: a number, a boolean, a string or\nan array of these. Can be repeated.",
  },
  unset: { type: "string", multiple: true, value: "<Group.trait>", help: "Remove a trait. Can be repeated." },
  traits: {
    type: "string",
    value: "<file.json>",
    help: 'Read all traits from a file, or from standard input\nfor -: {"Contact": {"email": "ada@example.com"}}',
  },
  groups: { type: "string", value: "<group>[,<group>…]", help: "Print only these trait groups" },
  "follow-moved": { type: "boolean", help: "If the profile was merged, use the profile that it was\nmerged into" },
  limit: { type: "string", value: "<n>", help: "Maximum number to print (default: all)" },
  order: { type: "string", value: "<ASC|DESC>", help: "Oldest first, or newest first (default: DESC)" },
  "page-token": { type: "string", value: "<token>", help: "Continue a list at the token of its next page" },
  concurrency: {
    type: "string",
    value: "<n>",
    help: "Send this many requests of up to 1000 profiles at the\nsame time (default: 1, which keeps the order)",
  },
  "start-at": { type: "string", value: "<n>", help: "Skip this many lines, which were sent before" },
  store: { type: "string", value: "<storeId>", help: "The store (default: from --ready-file, or\nMEMORY_STORE_ID)" },
  "base-url": {
    type: "string",
    value: "<url>",
    help: "The URL of the API (default: from --ready-file,\nMEMORY_BASE_URL, or the live service)",
  },
  "ready-file": {
    type: "string",
    value: "<file>",
    help: "Read URL, store and credentials from the file that\nmemory-server --ready-file writes",
  },
  json: { type: "boolean", help: "Print JSON to standard output, and errors as JSON to\nstandard error" },
  help: { type: "boolean", short: "h", help: "Print the help of the command" },
  version: { type: "boolean", help: "Print the version" },
} as const satisfies Record<string, OptionDefinition>;

export type OptionName = keyof typeof OPTIONS;

/** The options that every command accepts. */
export const SHARED_OPTIONS: readonly OptionName[] = ["store", "base-url", "ready-file", "json", "help"];
