import { resolve } from "node:path";
import type { Configuration } from "#generated/configuration.js";
import { checkNetwork } from "./check-network.ts";
import { ConfigurationError, type Mistake } from "./configuration-error.ts";
import { type GeneratedCredential, type GeneratedSecrets, seededSigningKey } from "./generated-secrets.ts";
import type { ConfigurationSource } from "./read-configuration.ts";
import { resolveCredentials, sha256 } from "./resolve-credentials.ts";
import { resolveDatabaseUrl } from "./resolve-database-url.ts";
import { resolveImports, resolveLimits, resolveRateLimits, resolveTimeouts } from "./resolve-limits.ts";
import { resolveSigningKeys } from "./resolve-signing-keys.ts";
import { storesOf } from "./resolve-stores.ts";
import type { Settings } from "./settings.ts";

export interface ResolvedSettings {
  readonly settings: Settings;
  /** The only credential, if the server generated it. */
  readonly generatedCredential?: GeneratedCredential;
}

/**
 * Converts a configuration to settings: checks what the schema cannot express, reads the secrets, and applies the defaults.
 *
 * @param generatedSecrets returns the secrets that the server generates, for its data folder; called only if all other settings are
 * valid
 * @throws {ConfigurationError} with all mistakes
 */
export async function resolveSettings(
  { configuration, folder, name }: ConfigurationSource,
  generatedSecrets: (dataFolder: string) => GeneratedSecrets,
): Promise<ResolvedSettings> {
  const { accounts, host = "127.0.0.1", port = 4010, publicUrl, trustedProxies = [], sandbox } = configuration;
  const { databaseConnections, errorDocsUrl, reloadSeconds } = configuration;
  const mistakes: Mistake[] = [];
  checkNetwork(configuration, mistakes);
  const databaseUrl = await resolveDatabaseUrl(configuration, folder, mistakes);
  if (databaseUrl !== undefined) checkShared(configuration, mistakes);
  const credentials = await resolveCredentials(accounts ?? [], folder, mistakes);
  const stores = storesOf(configuration, mistakes);
  const [firstKey, ...otherKeys] = await resolveSigningKeys(configuration.signingKeys ?? [], folder, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, name);

  const dataFolder = resolve(folder, configuration.data ?? "memory-data");
  const generated = generatedSecrets(dataFolder);
  const seed = sandbox && (sandbox.seed ?? "sandbox");
  const generatedCredential = accounts ? undefined : await generated.credential();
  if (generatedCredential) {
    const { accountSid, apiKey, apiSecret } = generatedCredential;
    credentials.set(apiKey, { accountSid, secretSha256: sha256(apiSecret) });
  }
  const settings: Settings = {
    host,
    port,
    ...(publicUrl !== undefined && { publicUrl }),
    ...(errorDocsUrl !== undefined && { errorDocsUrl }),
    trustedProxies,
    dataFolder,
    ...(databaseUrl !== undefined && { databaseUrl }),
    ...(databaseConnections !== undefined && { databaseConnections }),
    credentials,
    stores,
    rateLimits: resolveRateLimits(configuration),
    limits: resolveLimits(configuration),
    signingKeys: [
      firstKey ?? (seed === undefined ? await generated.signingKey() : seededSigningKey(seed)),
      ...otherKeys,
    ],
    imports: resolveImports(configuration),
    timeouts: resolveTimeouts(configuration),
    logLevel: configuration.logLevel ?? (sandbox ? "warn" : "info"),
    ...(reloadSeconds !== undefined && { reloadMs: reloadSeconds * 1000 }),
    ...(seed !== undefined && {
      sandbox: { seed, ...(generatedCredential && { credential: generatedCredential }) },
    }),
  };
  return { settings, ...(generatedCredential && { generatedCredential }) };
}

/** Processes on one database must share their secrets, so they cannot generate them. */
function checkShared(configuration: Configuration, mistakes: Mistake[]): void {
  for (const property of ["accounts", "signingKeys"] as const) {
    if (configuration[property]) continue;
    mistakes.push({
      path: `/${property}`,
      reason: "must be configured if there is a databaseUrl, because all processes on the database share them",
    });
  }
}
