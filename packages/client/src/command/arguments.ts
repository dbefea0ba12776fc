import { parseArgs } from "node:util";
import {
  type ColumnMapping,
  type ImportId,
  type ProfileId,
  patterns,
  type StoreId,
  type TraitValue,
} from "@memory-api/types";
import * as bounds from "@memory-api/types/bounds";
import { traitNamed } from "../imports/trait-named.ts";
import { UsageError } from "./errors.ts";
import { parseJson } from "./io/input.ts";

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

/** What a command was called with. */
export interface Invocation {
  /** The arguments that are neither options nor words of the command. */
  readonly operands: readonly string[];
  readonly options: Options;
  /** Ends the command early. */
  readonly signal: AbortSignal;
}

/** A trait, as `Group.trait`, and its value. */
export type Assignment<Value> = readonly [target: string, value: Value];

interface Ids {
  StoreId: StoreId;
  ProfileId: ProfileId;
  ImportId: ImportId;
}

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

/**
 * Returns an ID that matches the pattern of the contract.
 *
 * @param source where the ID was given, for the error
 * @throws {UsageError}
 */
export function checkedId<Kind extends keyof Ids>(kind: Kind, id: string, source: string): Ids[Kind] {
  if (isId(kind, id)) return id;
  throw new UsageError(`${source} must match ${patterns[kind].source}.`);
}

function isId<Kind extends keyof Ids>(kind: Kind, id: string): id is Ids[Kind] {
  return patterns[kind].test(id);
}

/**
 * Returns the number that an option was given.
 *
 * @throws {UsageError} if it is not a whole number, or less than the minimum
 */
export function wholeNumber(option: string, given: string | undefined, minimum: number): number | undefined {
  if (given === undefined) return undefined;
  const number = Number(given);
  if (/^\d+$/.test(given) && Number.isSafeInteger(number) && number >= minimum) return number;
  throw new UsageError(`${option} must be a whole number, ${minimum} or more.`);
}

/**
 * Returns the mappings of `--map column=Group.trait`. The last `=` separates, since the name of a column can contain one.
 *
 * @throws {UsageError} if one has another form, or there are fewer than the contract requires
 */
export function mappedColumns(given: readonly string[] = []): ColumnMapping[] {
  const { minItems } = bounds.ColumnMappings;
  if (given.length < minItems) {
    throw new UsageError(`Map ${minItems} columns at least: --map email=Contact.email --map name=Contact.firstName`);
  }
  return given.map((each) => {
    const at = each.lastIndexOf("=");
    const target = at > 0 && traitNamed(each.slice(at + 1));
    if (target) return { columnName: each.slice(0, at), ...target };
    throw new UsageError(`--map takes column=Group.trait, not ${JSON.stringify(each)}.`);
  });
}

/**
 * Returns the assignments of `--set` and `--set-json`.
 *
 * @throws {UsageError} which does not repeat a value
 */
export function assignments(set: readonly string[] = [], setJson: readonly string[] = []): Assignment<TraitValue>[] {
  return [...set.map((given) => assignment("--set", given)), ...setJson.map(jsonAssignment)];
}

/**
 * Groups assignments by trait group.
 *
 * @throws {UsageError} if a target is not `Group.trait`, or is assigned twice
 */
export function assignedTraits<Value>(given: readonly Assignment<Value>[]): Record<string, Record<string, Value>> {
  const groups = new Map<string, Map<string, Value>>();
  for (const [target, value] of given) {
    const { traitGroup, traitName } = traitNamed(target) ?? {};
    if (!traitGroup || !traitName) throw new UsageError("A trait is told as Group.trait, such as Contact.email.");
    const group = groups.get(traitGroup) ?? new Map<string, Value>();
    if (group.has(traitName)) throw new UsageError(`${target} is given twice.`);
    groups.set(traitGroup, group.set(traitName, value));
  }
  return Object.fromEntries([...groups].map(([name, traits]) => [name, Object.fromEntries(traits)]));
}

function assignment(option: string, given: string): Assignment<string> {
  const at = given.indexOf("=");
  if (at < 0) throw new UsageError(`${option} takes Group.trait=value.`);
  return [given.slice(0, at), given.slice(at + 1)];
}

function jsonAssignment(given: string): Assignment<TraitValue> {
  const [target, json] = assignment("--set-json", given);
  const value = parseJson(json);
  if (isScalar(value) || (Array.isArray(value) && value.every(isScalar))) return [target, value];
  throw new UsageError(`--set-json ${target} takes a string, a number, a boolean or an array of them, as JSON.`);
}

function isScalar(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
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
