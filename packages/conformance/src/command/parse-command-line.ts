import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { REPORTER_NAMES, type ReporterName } from "../reporters/reporters.ts";
import type { RunProfile } from "../scenarios/scenario.ts";
import type { Account, Target } from "../target.ts";
import { CommandError } from "./command-error.ts";

export const OPTIONS = {
  store: { type: "string" },
  user: { type: "string" },
  "password-env": { type: "string", default: "MEMORY_PASSWORD" },
  "other-store": { type: "string" },
  "other-user": { type: "string" },
  "other-password-env": { type: "string", default: "MEMORY_OTHER_PASSWORD" },
  "i-own-this-target": { type: "boolean", default: false },
  profile: { type: "string", default: "quick" },
  only: { type: "string", multiple: true, default: [] },
  skip: { type: "string", multiple: true, default: [] },
  "read-only": { type: "boolean", default: false },
  seed: { type: "string" },
  "run-id": { type: "string" },
  "max-requests": { type: "string" },
  rate: { type: "string" },
  traits: { type: "string" },
  "eventual-within": { type: "string", default: "5s" },
  "import-within": { type: "string", default: "1m" },
  immediate: { type: "boolean", default: false },
  sandbox: { type: "boolean", default: false },
  "min-coverage": { type: "string" },
  "expected-failures": { type: "string" },
  reporter: { type: "string", multiple: true, default: ["terminal"] },
  help: { type: "boolean", short: "h", default: false },
  version: { type: "boolean", default: false },
} as const satisfies ParseArgsOptionsConfig;

const PROFILES: readonly RunProfile[] = ["quick", "full", "soak"];
const MAX_SEED = 2 ** 31 - 1;
const MAX_REQUESTS = Number.MAX_SAFE_INTEGER;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

type Environment = Readonly<Record<string, string | undefined>>;

/** A valid command line. */
export type CommandLine =
  | { readonly command: "help" }
  | { readonly command: "version" }
  | { readonly command: "explain"; readonly code?: string }
  | ({ readonly command: "test" } & TestCommand);

export interface TestCommand {
  readonly target: Target;
  readonly profile: RunProfile;
  readonly only: readonly string[];
  readonly skip: readonly string[];
  readonly seed?: number;
  readonly runId?: string;
  readonly maxRequests?: number;
  readonly rate?: number;
  readonly minCoverage?: number;
  /** The traits that the store declares. */
  readonly traitsFile?: string;
  readonly expectedFailuresFile?: string;
  readonly reporters: readonly { readonly name: ReporterName; readonly file?: string }[];
}

/** @throws {CommandError} if the command line is invalid, or an environment variable that it names is not set */
export function parseCommandLine(args: readonly string[], environment: Environment): CommandLine {
  const { values, positionals } = parse(args);
  if (values.help) return { command: "help" };
  if (values.version) return { command: "version" };
  const [first, second, ...others] = positionals;
  if (first === "explain") {
    if (others.length > 0) throw usageError("explain accepts only one code.");
    return { command: "explain", ...(second !== undefined && { code: second }) };
  }
  if (first === undefined) throw usageError("The base URL of the implementation is missing.");
  if (second !== undefined) throw usageError(`Only one base URL can be tested, but ${second} is a second one.`);
  const seed = optionalNumber("seed", values.seed, { min: 0, max: MAX_SEED, isInteger: true });
  const maxRequests = optionalNumber("max-requests", values["max-requests"], {
    min: 1,
    max: MAX_REQUESTS,
    isInteger: true,
  });
  const rate = optionalNumber("rate", values.rate, { min: 0.001, max: 1e6 });
  const minCoverage = optionalNumber("min-coverage", values["min-coverage"], { min: 0, max: 100 });
  return {
    command: "test",
    target: targetOf(baseUrlOf(first, values["i-own-this-target"]), values, environment),
    profile: profileOf(values.profile),
    only: listOf("only", values.only),
    skip: listOf("skip", values.skip),
    ...(seed !== undefined && { seed }),
    ...(values["run-id"] !== undefined && { runId: values["run-id"] }),
    ...(maxRequests !== undefined && { maxRequests }),
    ...(rate !== undefined && { rate }),
    ...(minCoverage !== undefined && { minCoverage }),
    ...(values.traits !== undefined && { traitsFile: values.traits }),
    ...(values["expected-failures"] !== undefined && { expectedFailuresFile: values["expected-failures"] }),
    reporters: reportersOf(values.reporter),
  };
}

type Values = ReturnType<typeof parse>["values"];

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!String(Object(error).code).startsWith("ERR_PARSE_ARGS_")) throw error;
    const message = String(Object(error).message);
    const [, option] = /^Option '.*(--[\w-]+).*' argument is ambiguous/.exec(message) ?? [];
    if (option !== undefined) throw usageError(`Option '${option}' needs a value.`);
    // Node.js adds advice about positional arguments, which does not apply.
    throw usageError(message.replace(/\. To specify .*$/s, "").replace(/\.?$/, "."));
  }
}

function usageError(message: string): CommandError {
  return new CommandError(`${message} Run memory-conformance --help for the options.`);
}

/** Without a trailing slash. */
function baseUrlOf(text: string, isOwned: boolean): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !["http:", "https:"].includes(url.protocol)) {
    throw usageError(`${printableUrl(text)} is not an http or https URL, such as http://127.0.0.1:4010.`);
  }
  if (url.username !== "" || url.password !== "") {
    throw usageError("The base URL must not contain credentials. Use --user and --password-env.");
  }
  if (url.search !== "" || url.hash !== "") throw usageError("The base URL must not have a query or a fragment.");
  if (!isLoopback(url.hostname) && !isOwned) {
    throw new CommandError(
      `${url.host} is not on this machine. A run writes many profiles and sends requests that cause errors on purpose. If the target is yours, add --i-own-this-target.`,
    );
  }
  return url.href.replace(/\/+$/, "");
}

/** An invalid URL can contain a password. */
function printableUrl(text: string): string {
  return text.replace(/\/\/[^/]*@/, "//");
}

/** Does not resolve names, since the result could change. */
function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d+\.\d+\.\d+$/.test(hostname);
}

function targetOf(baseUrl: string, values: Values, environment: Environment): Target {
  const { store, user = environment["MEMORY_USER"], "password-env": passwordEnv } = values;
  const { "other-store": otherStore, "other-user": otherUser, "other-password-env": otherPasswordEnv } = values;
  if (store === undefined) throw usageError("--store is missing. Pass the ID of the store to test.");
  const account = accountOf("", store, user, passwordEnv, environment);
  if (otherStore === undefined && otherUser !== undefined) throw usageError("--other-user requires --other-store.");
  const otherAccount =
    otherStore === undefined
      ? undefined
      : accountOf("other-", otherStore, otherUser ?? environment["MEMORY_OTHER_USER"], otherPasswordEnv, environment);
  return {
    baseUrl,
    account,
    ...(otherAccount !== undefined && { otherAccount }),
    isImmediate: values.immediate,
    eventualWithinMs: durationOf("eventual-within", values["eventual-within"]),
    importWithinMs: durationOf("import-within", values["import-within"]),
    isReadOnly: values["read-only"],
    allowsOtherOrigins: values["i-own-this-target"],
    ...(values.sandbox && { controlUrl: `${baseUrl}/__sandbox` }),
  };
}

function accountOf(
  prefix: string,
  storeId: string,
  username: string | undefined,
  passwordEnv: string,
  environment: Environment,
): Account {
  if (username === undefined || username === "")
    throw usageError(
      `--${prefix}user is missing, and ${prefix === "" ? "MEMORY_USER" : "MEMORY_OTHER_USER"} is not set.`,
    );
  const password = environment[passwordEnv];
  if (password === undefined || password === "") {
    throw new CommandError(
      `The environment variable ${passwordEnv} is not set. Set it to the password, or name another variable with --${prefix}password-env.`,
    );
  }
  return { storeId, username, password };
}

function profileOf(text: string): RunProfile {
  const found = PROFILES.find((each) => each === text);
  if (found === undefined) throw usageError(`--profile must be one of ${PROFILES.join(", ")}, not ${text}.`);
  return found;
}

function listOf(name: string, values: readonly string[]): string[] {
  const list = values.flatMap((each) => each.split(",")).map((each) => each.trim());
  if (list.includes("")) throw usageError(`--${name} contains an empty name.`);
  return list;
}

function reportersOf(values: readonly string[]): TestCommand["reporters"] {
  const reporters = values.map((value) => {
    const [, text = value, file] = /^([^=]*)=(.*)$/s.exec(value) ?? [];
    const name = REPORTER_NAMES.find((each) => each === text);
    if (name === undefined) throw usageError(`--reporter must be one of ${REPORTER_NAMES.join(", ")}, not ${text}.`);
    if (file === "") throw usageError(`--reporter ${name}= needs a file after the equals sign.`);
    return { name, ...(file !== undefined && { file }) };
  });
  const onOutput = reporters.filter(({ name, file }) => file === undefined && !["terminal", "github"].includes(name));
  if (onOutput.length > 1) {
    const names = onOutput.map(({ name }) => name).join(" and ");
    throw usageError(
      `Only one reporter can write a document to standard output, not ${names}. Add =<file> to the others.`,
    );
  }
  return reporters;
}

function durationOf(name: string, text: string): number {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  if (number === undefined) throw usageError(`--${name} must be a time such as 500ms, 5s or 1m, not ${text}.`);
  return Number(number) * (UNITS[unit] ?? 1);
}

function optionalNumber(
  name: string,
  text: string | undefined,
  { min, max, isInteger = false }: { readonly min: number; readonly max: number; readonly isInteger?: boolean },
): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  const isValid = /^\d+(?:\.\d+)?$/.test(text) && number >= min && number <= max;
  if (isValid && (!isInteger || Number.isInteger(number))) return number;
  const kind = isInteger ? "an integer" : "a number";
  const range = max === MAX_REQUESTS ? `of at least ${min}` : `from ${min} to ${max}`;
  throw usageError(`--${name} must be ${kind} ${range}, not ${text}.`);
}
