import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { isDeepStrictEqual } from "node:util";
import { ConfigurationError } from "./configuration-error.ts";
import type { GeneratedSecrets } from "./generated-secrets.ts";
import {
  configurationFiles,
  fileOfConfiguration,
  type Parse,
  parseHere,
  readConfiguration,
} from "./read-configuration.ts";
import { type ResolvedSettings, resolveSettings } from "./resolve-settings.ts";
import type { SettingOptions } from "./setting-overrides.ts";

/** A configuration that was read, with the files from which it was read. */
export interface LoadedConfiguration {
  /** The configuration file, and the files that it names. */
  readonly files: readonly string[];
  /** The digest of these files. */
  readonly digest: string;
  /** @throws {ConfigurationError} with all mistakes, if the configuration is invalid */
  settings(): ResolvedSettings;
}

/** What loading a configuration depends on. */
interface LoadDependencies {
  /** As for `resolveSettings`. */
  readonly generatedSecrets: (dataFolder: string) => GeneratedSecrets;
  /** By default, parses in the thread of the caller. */
  readonly parse?: Parse;
}

/** Attempts to read files that change while they are read. */
const ATTEMPTS = 10;

/**
 * Reads a configuration and the files that it names. If one of them changes meanwhile, all of them are read again, so the result is never a
 * mixture of their versions.
 *
 * @param files the files that the configuration consisted of when it was last read; a good guess saves an attempt
 */
export async function loadConfiguration(
  options: SettingOptions,
  { generatedSecrets, parse = parseHere }: LoadDependencies,
  files: readonly string[] = [],
): Promise<LoadedConfiguration> {
  const dependencies = { generatedSecrets, parse: parsingOnce(parse) };
  let expected = files;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const before = await digestOf(expected);
    const read = await readOnce(options, dependencies);
    const digest = await digestOf(read.files);
    if (digest === before && isDeepStrictEqual(read.files, expected)) return { ...read, digest };
    expected = read.files;
  }
  const error = new ConfigurationError([{ path: expected[0] ?? "/", reason: "changes while it is read" }]);
  return { files: expected, digest: await digestOf(expected), settings: () => fail(error) };
}

/** Returns a digest of what these files contain now. A file that cannot be read counts with the code of its error. */
export async function digestOf(files: readonly string[]): Promise<string> {
  const digest = createHash("sha256");
  for (const file of files) {
    const content = await readFile(file).catch((error) => String(error.code));
    digest.update(JSON.stringify([file, createHash("sha256").update(content).digest("hex")]));
  }
  return digest.digest("hex");
}

async function readOnce(
  options: SettingOptions,
  { generatedSecrets, parse }: Required<LoadDependencies>,
): Promise<Omit<LoadedConfiguration, "digest">> {
  const own = fileOfConfiguration(options);
  let files = own === undefined ? [] : [own];
  try {
    const source = await readConfiguration(options, process.env, parse);
    files = [...files, ...configurationFiles(source)];
    const resolved = await resolveSettings(source, generatedSecrets);
    return { files, settings: () => resolved };
  } catch (error) {
    return { files, settings: () => fail(error) };
  }
}

/** Does not parse a text again that is the same as before. */
function parsingOnce(parse: Parse): Parse {
  let last: { readonly text: string; readonly document: Promise<unknown> } | undefined;
  return (name, text) => {
    if (last?.text !== text) last = { text, document: parse(name, text) };
    return last.document;
  };
}

function fail(error: unknown): never {
  throw error;
}
