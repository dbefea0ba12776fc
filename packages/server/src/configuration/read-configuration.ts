import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "./check-configuration.ts";
import { checkDatabaseUrl } from "./check-database-url.ts";
import { ConfigurationError, type Mistake } from "./configuration-error.ts";
import { type GivenSetting, givenByEnvironment, givenByOptions, type SettingOptions } from "./given-settings.ts";

/** A configuration that fits its schema, and where it was read. */
export interface ConfigurationSource {
  readonly configuration: Configuration;
  /** What its relative paths start from. */
  readonly folder: string;
  /** The file or the variable that it is from, if it is from one. */
  readonly name?: string;
}

/** Holds a whole configuration. */
const TEXT_VARIABLE = "MEMORY_CONFIGURATION";

interface Source {
  readonly document: unknown;
  readonly folder: string;
  readonly name?: string;
}

/**
 * Reads the configuration from its file, or from `MEMORY_CONFIGURATION`. Environment variables go before it, options before
 * those.
 *
 * @throws {ConfigurationError} if it cannot be read or does not fit its schema
 */
export async function readConfiguration(
  options: SettingOptions = {},
  environment: NodeJS.ProcessEnv = process.env,
): Promise<ConfigurationSource> {
  const { document, ...source } = await readSource(options.config, environment);
  const mistakes: Mistake[] = [];
  const written = checkConfiguration(document, mistakes);
  if (source.name !== TEXT_VARIABLE) checkDatabaseUrl(written, mistakes);
  const given = [...givenByEnvironment(environment), ...givenByOptions(options)].map((each) => check(each, mistakes));
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, source.name);

  const configuration: Configuration = Object.assign({}, written, ...given);
  // The option turns the sandbox on; what the file says of it stands.
  if (options.sandbox) configuration.sandbox ??= {};
  return { configuration, ...source };
}

async function readSource(option: string | undefined, environment: NodeJS.ProcessEnv): Promise<Source> {
  const { MEMORY_CONFIG: variable, MEMORY_CONFIGURATION: text } = environment;
  const file = option ?? variable;
  if (option === undefined && variable && text) {
    throw new ConfigurationError([{ path: TEXT_VARIABLE, reason: "must not be set beside MEMORY_CONFIG" }]);
  }
  if (file) return { document: await parse(file, await readText(file)), folder: dirname(resolve(file)), name: file };
  if (!text) return { document: {}, folder: process.cwd() };
  return { document: await parse(TEXT_VARIABLE, text), folder: process.cwd(), name: TEXT_VARIABLE };
}

/** Most servers start without a file, and need not wait for the parser. */
async function parse(name: string, text: string): Promise<unknown> {
  const { parseYaml } = await import("./parse-yaml.ts");
  return parseYaml(name, text);
}

async function readText(file: string): Promise<string> {
  return readFile(file, "utf8").catch(({ code }) => {
    throw new ConfigurationError([{ path: file, reason: `cannot be read (${code})` }]);
  });
}

/** A mistake bears the name that the setting was given under. */
function check({ property, name, value }: GivenSetting, mistakes: Mistake[]): Configuration {
  const own: Mistake[] = [];
  const configuration = checkConfiguration({ [property]: value }, own);
  for (const { path, reason } of own) mistakes.push({ path: path.replace(`/${property}`, name), reason });
  return configuration;
}
