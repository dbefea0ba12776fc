import { resolve } from "node:path";
import type { Configuration } from "#generated/configuration.js";

/** A setting that is given beside the configuration file. */
export interface GivenSetting {
  readonly property: keyof Configuration;
  /** The variable or option that gave it. */
  readonly name: string;
  readonly value: unknown;
}

/** Options of the command line that say what the configuration says too, and where that is. */
export interface SettingOptions {
  readonly config?: string;
  readonly host?: string;
  readonly port?: string;
  readonly data?: string;
  readonly "log-level"?: string;
  readonly sandbox?: boolean;
}

/** What environment variables say. One that is empty says nothing. */
export function givenByEnvironment(environment: NodeJS.ProcessEnv): GivenSetting[] {
  return given(environment, [
    ["host", "MEMORY_HOST", asIs],
    ["port", "PORT", asNumber],
    ["publicUrl", "MEMORY_PUBLIC_URL", asIs],
    ["errorDocsUrl", "MEMORY_ERROR_DOCS_URL", asIs],
    ["trustedProxies", "MEMORY_TRUSTED_PROXIES", asList],
    ["data", "MEMORY_DATA", asPath],
    ["databaseUrl", "DATABASE_URL", asIs],
    ["logLevel", "MEMORY_LOG_LEVEL", asIs],
  ]);
}

/** What options of the command line say. */
export function givenByOptions({ host, port, data, "log-level": logLevel }: SettingOptions): GivenSetting[] {
  return given({ "--host": host, "--port": port, "--data": data, "--log-level": logLevel }, [
    ["host", "--host", asIs],
    ["port", "--port", asNumber],
    ["data", "--data", asPath],
    ["logLevel", "--log-level", asIs],
  ]);
}

type Reading = readonly [property: keyof Configuration, name: string, read: (text: string) => unknown];

function given(texts: NodeJS.ProcessEnv, readings: readonly Reading[]): GivenSetting[] {
  return readings.flatMap(([property, name, read]) => {
    const text = texts[name];
    return text ? [{ property, name, value: read(text) }] : [];
  });
}

const asIs = (text: string) => text;
/** What is not a number stays a text, so that the schema refuses it. */
const asNumber = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);
const asList = (text: string) => text.split(",").map((each) => each.trim());
/** Relative to where it was said, not to the configuration file. */
const asPath = (text: string) => resolve(text);
