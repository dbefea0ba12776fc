import { isDeepStrictEqual } from "node:util";
import { ConfigurationError } from "./configuration-error.ts";
import type { Settings } from "./settings.ts";

type ReloadableSetting = "credentials" | "stores" | "rateLimits" | "limits" | "signingKeys" | "logLevel";

/** Each setting that a reload can change, and its property in the configuration. */
const RELOADABLE: Readonly<Record<ReloadableSetting, string>> = {
  credentials: "accounts",
  stores: "stores",
  rateLimits: "rateLimits",
  limits: "limits",
  signingKeys: "signingKeys",
  logLevel: "logLevel",
};

/** All other settings. */
const FIXED: Readonly<Record<Exclude<keyof Settings, ReloadableSetting>, string>> = {
  host: "host",
  port: "port",
  publicUrl: "publicUrl",
  errorDocsUrl: "errorDocsUrl",
  trustedProxies: "trustedProxies",
  dataFolder: "data",
  databaseUrl: "databaseUrl",
  databaseConnections: "databaseConnections",
  imports: "imports",
  timeouts: "timeouts",
  reloadMs: "reloadSeconds",
  sandbox: "sandbox",
};

/**
 * Compares the settings in force with those of a reload.
 *
 * @returns the properties of the configuration that differ
 * @throws {ConfigurationError} that names each property that differs and needs a restart
 */
export function changedSettings(inForce: Settings, next: Settings): string[] {
  const changed = (properties: Readonly<Partial<Record<keyof Settings, string>>>) =>
    Object.entries(properties).flatMap(([setting, property]) =>
      isDeepStrictEqual(Reflect.get(inForce, setting), Reflect.get(next, setting)) ? [] : [property],
    );
  const fixed = changed(FIXED);
  if (fixed.length === 0) return changed(RELOADABLE);
  const reason = "differs from the value in force; restart the server to change it, or restore that value";
  throw new ConfigurationError(fixed.map((property) => ({ path: `/${property}`, reason })));
}
