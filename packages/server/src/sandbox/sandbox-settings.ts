import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "../configuration/check-configuration.ts";
import { ConfigurationError, type Mistake } from "../configuration/configuration-error.ts";
import { DEFAULT_ACCOUNT_SID } from "../configuration/default-store.ts";
import { type GeneratedCredential, temporarySecrets } from "../configuration/generated-secrets.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import type { Settings } from "../configuration/settings.ts";

/** The options of a sandbox that are settings of a server too. */
export interface SandboxConfiguration extends Pick<Configuration, "stores" | "rateLimits"> {
  readonly seed: string;
  readonly url?: string;
}

/** The credential of every sandbox in process. It is not secret, because no other process can reach the sandbox. */
export const SANDBOX_CREDENTIAL: GeneratedCredential = {
  accountSid: DEFAULT_ACCOUNT_SID,
  apiKey: `SK${"0".repeat(32)}`,
  apiSecret: "sandbox",
};

/** Source of the options, in the message of an error. */
export const OPTIONS_SOURCE = "of the sandbox";

/**
 * Returns the settings of a sandbox in process. By default, it has no rate limits.
 *
 * @throws {ConfigurationError} with all mistakes
 */
export async function sandboxSettings({ seed, url, ...options }: SandboxConfiguration): Promise<Settings> {
  const mistakes: Mistake[] = [];
  const document = { ...options, ...(url !== undefined && { publicUrl: url }), sandbox: { seed } };
  const configuration = checkConfiguration(document, mistakes);
  if (mistakes.length > 0) throw withOptionNames(mistakes);
  const source = { configuration, folder: "", name: OPTIONS_SOURCE };
  const generatedSecrets = { ...temporarySecrets, credential: async () => SANDBOX_CREDENTIAL };
  const { settings } = await resolveSettings(source, () => generatedSecrets).catch((error) => {
    throw error instanceof ConfigurationError ? withOptionNames(error.mistakes) : error;
  });
  return { ...settings, rateLimits: configuration.rateLimits ?? {}, limits: {} };
}

/** Options of a sandbox that have another name in the configuration of a server. */
const OPTION_PATHS: Readonly<Record<string, string>> = { "/publicUrl": "/url", "/sandbox/seed": "/seed" };

function withOptionNames(mistakes: readonly Mistake[]): ConfigurationError {
  const renamed = mistakes.map(({ path, reason }) => ({ path: OPTION_PATHS[path] ?? path, reason }));
  return new ConfigurationError(renamed, OPTIONS_SOURCE);
}
