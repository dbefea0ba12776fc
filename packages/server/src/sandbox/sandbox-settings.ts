import type { Configuration } from "#generated/configuration.js";
import { checkConfiguration } from "../configuration/check-configuration.ts";
import { ConfigurationError, type Mistake } from "../configuration/configuration-error.ts";
import { DEFAULT_ACCOUNT_SID } from "../configuration/default-store.ts";
import { type OwnCredential, passingSecrets } from "../configuration/own-secrets.ts";
import { resolveSettings } from "../configuration/resolve-settings.ts";
import type { Settings } from "../configuration/settings.ts";

/** What the configuration of a server says too, of a sandbox. */
export type SandboxConfiguration = Pick<Configuration, "publicUrl" | "stores" | "rateLimits">;

/** Opens a sandbox in process, which nobody else reaches: so it is no secret. */
export const SANDBOX_CREDENTIAL: OwnCredential = {
  accountSid: DEFAULT_ACCOUNT_SID,
  apiKey: `SK${"0".repeat(32)}`,
  apiSecret: "sandbox",
};

/**
 * Settings of a sandbox in process. Only those rates are limited that it is told of.
 *
 * @throws {ConfigurationError} with all mistakes
 */
export async function sandboxSettings(seed: string, given: SandboxConfiguration): Promise<Settings> {
  const source = "of the sandbox";
  const mistakes: Mistake[] = [];
  const configuration = checkConfiguration({ ...given, sandbox: { seed } }, mistakes);
  if (mistakes.length > 0) throw new ConfigurationError(mistakes, source);
  const { settings } = await resolveSettings({ configuration, folder: "", name: source }, () => ({
    ...passingSecrets,
    credential: async () => SANDBOX_CREDENTIAL,
  }));
  return { ...settings, rateLimits: configuration.rateLimits ?? {} };
}
