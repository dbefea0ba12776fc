import { patterns, type StoreId } from "@memory-api/types";
import { ConfigurationError } from "../configuration/configuration-error.ts";
import { DEFAULT_STORE_ID } from "../configuration/default-store.ts";
import { jsonPointer } from "../domain/json-pointer.ts";
import { checkControlBody } from "../sandbox/control/check-control-body.ts";
import { sandboxFetch } from "../sandbox/fetch/sandbox-fetch.ts";
import type { Sandbox } from "../sandbox/sandbox.ts";
import { SandboxControl } from "../sandbox/sandbox-control.ts";
import { sandboxPlugins } from "../sandbox/sandbox-plugins.ts";
import {
  OPTIONS_SOURCE,
  SANDBOX_CREDENTIAL,
  type SandboxConfiguration,
  sandboxSettings,
} from "../sandbox/sandbox-settings.ts";
import { openMemory } from "../storage/sqlite/open-sqlite.ts";
import { UploadMemory } from "../storage/uploads/upload-memory.ts";
import { checkNodeVersion } from "./check-node-version.ts";
import { compose } from "./compose.ts";

export interface SandboxOptions {
  /**
   * With the same seed, the same requests produce the same IDs, times and bytes.
   *
   * @default "sandbox"
   */
  readonly seed?: string;
  /**
   * Initial time of the clock, in milliseconds since 1970 if it is a number. The clock stands still until it is resumed.
   *
   * @default the beginning of 2026
   */
  readonly now?: Date | number;
  /**
   * Origin of the sandbox, used in the URLs of its responses.
   *
   * @default "http://memory.invalid", which no network resolves
   */
  readonly url?: string;
  /**
   * The stores with their trait groups and identifier types, as in the configuration of a server.
   *
   * @default the default store, with the trait group Contact
   */
  readonly stores?: NonNullable<SandboxConfiguration["stores"]>;
  /**
   * Rate limits, as in the configuration of a server.
   *
   * @default no limits
   */
  readonly rateLimits?: NonNullable<SandboxConfiguration["rateLimits"]>;
  /**
   * Destination of the log, such as `process.stderr`. The log contains warnings and errors, as one line of JSON each, such as
   * requests and imports that failed inside the sandbox. It contains no secrets or trait values.
   *
   * @default nothing is logged
   */
  readonly log?: { write(line: string): void };
}

const OPTIONS: Readonly<Record<keyof SandboxOptions, true>> = {
  seed: true,
  now: true,
  url: true,
  stores: true,
  rateLimits: true,
  log: true,
};

const START = Date.UTC(2026, 0, 1);

/**
 * Creates a sandbox in memory. It opens no port and reads no file.
 *
 * @throws {ConfigurationError} if an option is unknown or invalid
 * @throws {RangeError} if `now` is not a time from 1970 to 2199
 * @throws {Error} if this version of Node.js is not supported
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkNodeVersion();
  rejectUnknownOptions(options);
  const { seed = "sandbox", now = START, url = "http://memory.invalid", log, stores, rateLimits } = options;
  const settings = await sandboxSettings({ seed, url, ...(stores && { stores }), ...(rateLimits && { rateLimits }) });
  const control = new SandboxControl(settings.stores, seed, openMemory());
  const { storage, sources, faults, requests } = control;
  const { clock } = sources;
  clock.freeze(now);

  const logger = log && (await import("../observation/create-logger.ts")).createLogger(settings, withoutErrors(log));
  const { app, admission, imports, readiness } = compose({
    settings,
    storage,
    uploads: new UploadMemory(),
    ...sources,
    ...(logger && { logger }),
    plugins: sandboxPlugins(control),
  });
  await app.ready();
  await control.begin({ imports, admission });

  let closed: Promise<void> | undefined;
  const shutDown = async () => {
    readiness.stop();
    await app.close();
    await imports.stop();
    await storage.close();
  };
  const close = () => {
    closed ??= shutDown();
    return closed;
  };
  const { apiKey, apiSecret } = SANDBOX_CREDENTIAL;
  const credentials = { apiKey, apiSecret };
  const fetchFromSandbox = sandboxFetch(app);
  return {
    fetch: fetchFromSandbox,
    url,
    credentials,
    clientOptions: { baseUrl: url, credentials, fetch: fetchFromSandbox },
    storeId: [...settings.stores.keys()].find(isStoreId) ?? DEFAULT_STORE_ID,
    clock,
    faults: {
      plan: () => faults.plan(),
      setPlan: (plan) => faults.setPlan(checkControlBody("faults", { plan }).plan),
      fired: () => faults.fired(),
      clear: () => faults.clear(),
    },
    requests,
    consistency: {
      state: () => storage.consistency(),
      set: async (consistency) => storage.setConsistency(checkControlBody("consistency", consistency)),
      step: (count) => storage.step(count),
    },
    seed: (seed) => control.seed(seed),
    reset: () => control.reset(),
    snapshot: () => control.snapshot(),
    restore: (snapshot) => control.restore(snapshot),
    close,
    [Symbol.asyncDispose]: close,
  };
}

function rejectUnknownOptions(options: SandboxOptions): void {
  const unknown = Object.keys(options).filter((name) => !Object.hasOwn(OPTIONS, name));
  if (unknown.length === 0) return;
  const reason = `is not an option; the options are ${Object.keys(OPTIONS).join(", ")}`;
  throw new ConfigurationError(
    unknown.map((name) => ({ path: jsonPointer(name), reason })),
    OPTIONS_SOURCE,
  );
}

/** A log that throws must not change a response or end the process. */
function withoutErrors(log: NonNullable<SandboxOptions["log"]>): NonNullable<SandboxOptions["log"]> {
  return {
    write(line) {
      try {
        log.write(line);
      } catch {
        // There is no other place to report it.
      }
    },
  };
}

function isStoreId(id: string): id is StoreId {
  return patterns.StoreId.test(id);
}
