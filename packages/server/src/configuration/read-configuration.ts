import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "./check-configuration.ts";
import { checkDatabaseUrl } from "./check-database-url.ts";
import { ConfigurationError, type Mistake } from "./configuration-error.ts";
import {
  overridesOfEnvironment,
  overridesOfOptions,
  type SettingOptions,
  type SettingOverride,
} from "./setting-overrides.ts";

/** A configuration that is valid according to its schema, and its origin. */
export interface ConfigurationSource {
  readonly configuration: Configuration;
  /** Base of its relative paths. */
  readonly folder: string;
  /** The file or the variable that contains it, if any. */
  readonly name?: string;
}

/** The variable that can contain a complete configuration. */
const TEXT_VARIABLE = "MEMORY_CONFIGURATION";

interface Source {
  readonly document: unknown;
  readonly folder: string;
  readonly name?: string;
}

/** Parses YAML, as `parseYaml` does. */
export type Parse = (name: string, text: string) => Promise<unknown>;

/** Loads the parser only if there is a configuration, because most servers start without one. */
export const parseHere: Parse = async (name, text) => (await import("./parse-yaml.ts")).parseYaml(name, text);

/**
 * Reads the configuration from its file, or from `MEMORY_CONFIGURATION`. Environment variables override it, and options override
 * environment variables.
 *
 * @throws {ConfigurationError} if it cannot be read or does not match its schema
 */
export async function readConfiguration(
  options: SettingOptions = {},
  environment: NodeJS.ProcessEnv = process.env,
  parse = parseHere,
): Promise<ConfigurationSource> {
  const { document, ...source } = await readSource(options, environment, parse);
  const mistakes: Mistake[] = [];
  const base = checkConfiguration(document, mistakes);
  if (source.name !== TEXT_VARIABLE) checkDatabaseUrl(base, mistakes);
  const overrides = [...overridesOfEnvironment(environment), ...overridesOfOptions(options)].map((each) =>
    check(each, mistakes),
  );
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, source.name);

  const configuration: Configuration = Object.assign({}, base, ...overrides);
  // The option enables the sandbox. The settings of the sandbox in the file still apply.
  if (options.sandbox) configuration.sandbox ??= {};
  return { configuration, ...source };
}

/** Returns the path of the configuration file; `undefined` if there is none. */
export function fileOfConfiguration(
  { config }: SettingOptions,
  { MEMORY_CONFIG: variable }: NodeJS.ProcessEnv = process.env,
): string | undefined {
  return (config ?? variable) || undefined;
}

/** Whether there is a configuration, in a file or a variable. */
export function isConfigured(options: SettingOptions, environment: NodeJS.ProcessEnv = process.env): boolean {
  return fileOfConfiguration(options, environment) !== undefined || Boolean(environment[TEXT_VARIABLE]);
}

/** Returns the paths of the files that a configuration names. They contain secrets. */
export function configurationFiles({ configuration, folder }: ConfigurationSource): string[] {
  const { databaseUrl, databaseUrlFile, accounts = [], signingKeys = [] } = configuration;
  const files = [
    // A URL in the environment overrides the file.
    databaseUrl === undefined ? databaseUrlFile : undefined,
    ...accounts.flatMap(({ credentials }) => credentials.map(({ secretFile }) => secretFile)),
    ...signingKeys.map(({ secretFile }) => secretFile),
  ];
  return files.flatMap((file) => (file === undefined ? [] : resolve(folder, file)));
}

async function readSource(options: SettingOptions, environment: NodeJS.ProcessEnv, parse: Parse): Promise<Source> {
  const { MEMORY_CONFIG: variable, MEMORY_CONFIGURATION: text } = environment;
  const file = fileOfConfiguration(options, environment);
  if (options.config === undefined && variable && text) {
    throw new ConfigurationError([{ path: TEXT_VARIABLE, reason: "must not be set together with MEMORY_CONFIG" }]);
  }
  if (file) return { document: await parse(file, await readText(file)), folder: dirname(resolve(file)), name: file };
  if (!text) return { document: {}, folder: process.cwd() };
  return { document: await parse(TEXT_VARIABLE, text), folder: process.cwd(), name: TEXT_VARIABLE };
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(({ code }) => {
    throw new ConfigurationError([{ path: file, reason: `cannot be read (${code})` }]);
  });
}

/** Checks one setting. A mistake has the name of the variable or option. */
function check({ property, name, value }: SettingOverride, mistakes: Mistake[]): Configuration {
  const mistakesOfSetting: Mistake[] = [];
  const configuration = checkConfiguration({ [property]: value }, mistakesOfSetting);
  for (const { path, reason } of mistakesOfSetting) mistakes.push({ path: path.replace(`/${property}`, name), reason });
  return configuration;
}
