import type { Logger } from "pino";
import { changedSettings } from "../configuration/changed-settings.ts";
import { ConfigurationError } from "../configuration/configuration-error.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Metrics } from "../observation/metrics.ts";

interface ReloadContext {
  /** The settings in force when the server starts. */
  readonly settings: Settings;
  /** Puts new settings in force. */
  readonly apply: (settings: Settings) => void;
  readonly logger: Logger;
  readonly metrics: Metrics | undefined;
}

/** Reads settings and puts them in force, or keeps those in force if they cannot be read or need a restart. Never throws. */
export type Reload = (read: () => Settings) => void;

/** Creates the reload of a server. It logs and counts each result. */
export function createReload({ settings, apply, logger, metrics }: ReloadContext): Reload {
  let inForce = settings;
  return (read) => {
    try {
      const next = read();
      const changed = changedSettings(inForce, next);
      apply(next);
      inForce = next;
      logger.info({ changed }, "configuration reloaded");
      metrics?.reloaded("applied");
    } catch (error) {
      logger.error(reasonOf(error), "configuration refused");
      metrics?.reloaded("refused");
    }
  };
}

/** The mistakes of a configuration contain no secrets. The message of any other error could. */
function reasonOf(error: unknown): object {
  if (error instanceof ConfigurationError) return { mistakes: error.mistakes };
  const { name, code } = Object(error);
  return { error: { name, code } };
}
