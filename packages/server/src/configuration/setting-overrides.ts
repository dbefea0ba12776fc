import { resolve } from "node:path";
import type { Configuration } from "#generated/configuration.js";

/** A setting from an environment variable or a command-line option, which overrides the configuration. */
export interface SettingOverride {
  readonly property: keyof Configuration;
  /** Name of the variable or option. */
  readonly name: string;
  readonly value: unknown;
}

/** The command-line options that override settings, and the path of the configuration. */
export interface SettingOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly "log-level"?: string;
  readonly sandbox?: boolean;
}

/** Returns the settings in environment variables. A variable that is empty is ignored. */
export function overridesOfEnvironment(environment: NodeJS.ProcessEnv): SettingOverride[] {
  return overrides(environment, [
    ["host", "MEMORY_HOST", asText],
    ["port", "PORT", asNumber],
    ["publicUrl", "MEMORY_PUBLIC_URL", asText],
    ["errorDocsUrl", "MEMORY_ERROR_DOCS_URL", asText],
    ["trustedProxies", "MEMORY_TRUSTED_PROXIES", asList],
    ["data", "MEMORY_DATA", asPath],
    ["databaseUrl", "DATABASE_URL", asText],
    ["logLevel", "MEMORY_LOG_LEVEL", asText],
  ]);
}

/** Returns the settings in command-line options. */
export function overridesOfOptions({ host, port, data, "log-level": logLevel }: SettingOptions): SettingOverride[] {
  return overrides({ "--host": host, "--port": port, "--data": data, "--log-level": logLevel }, [
    ["host", "--host", asText],
    ["port", "--port", asNumber],
    ["data", "--data", asPath],
    ["logLevel", "--log-level", asText],
  ]);
}

type Reading = readonly [property: keyof Configuration, name: string, read: (text: string) => unknown];

function overrides(texts: NodeJS.ProcessEnv, readings: readonly Reading[]): SettingOverride[] {
  return readings.flatMap(([property, name, read]) => {
    const text = texts[name];
    return text ? [{ property, name, value: read(text) }] : [];
  });
}

const asText = (text: string) => text;
/** Text that is not a number is kept, so that the schema rejects it. */
const asNumber = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
const asList = (text: string) => text.split(",").map((each) => each.trim());
/** Relative to the working directory, not to the configuration file. */
const asPath = (text: string) => resolve(text);
