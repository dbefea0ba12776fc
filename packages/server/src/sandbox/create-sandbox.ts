import { patterns, type StoreId } from "@memory-api/types";
import { createApp } from "../app.ts";
import { checkNodeVersion } from "../check-node-version.ts";
import { DEFAULT_STORE_ID } from "../configuration/default-store.ts";
import { rulesByStore } from "../configuration/rules-by-store.ts";
import type { ImportEvent } from "../imports/import-event.ts";
import { startImportRunner } from "../imports/import-runner.ts";
import { logImport } from "../imports/log-import.ts";
import { UploadMemory } from "../imports/upload-memory.ts";
import { Readiness } from "../readiness.ts";
import { openMemory } from "../storage/sqlite/open-sqlite.ts";
import { checkControlBody } from "./control/check-control-body.ts";
import { sandboxFetch } from "./fetch/sandbox-fetch.ts";
import type { Sandbox } from "./sandbox.ts";
import { SandboxControl } from "./sandbox-control.ts";
import { sandboxPlugins } from "./sandbox-plugins.ts";
import { SANDBOX_CREDENTIAL, type SandboxConfiguration, sandboxSettings } from "./sandbox-settings.ts";

export interface SandboxOptions {
  /**
   * The same seed and the same requests give the same IDs, times and bytes.
   *
   * @default "sandbox"
   */
  readonly seed?: string;
  /**
   * Where the clock stands at first, in milliseconds since 1970 if it is a number. It runs once it is resumed.
   *
   * @default the beginning of 2026
   */
  readonly now?: Date | number;
  /**
   * Origin of the sandbox, as answers have it.
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
   * How many requests are let through, as in the configuration of a server.
   *
   * @default no limits
   */
  readonly rateLimits?: NonNullable<SandboxConfiguration["rateLimits"]>;
  /**
   * Takes what the sandbox logs, such as `process.stderr`: warnings and errors, a line of JSON each, among them requests that
   * it failed to answer and imports that it could not go on with. No line holds a secret or a trait value.
   *
   * @default nothing is logged
   */
  readonly log?: { write(line: string): void };
}

const START = Date.UTC(2026, 0, 1);

/**
 * Makes a sandbox in memory. It opens no port and reads no file.
 *
 * @throws {ConfigurationError} if the stores, the rate limits or the URL are not what a server can be told
 * @throws {RangeError} if `now` is no time
 * @throws {Error} if this Node.js is older than the package supports
 */
export async function createSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  checkNodeVersion();
  const { seed = "sandbox", now = START, url = "http://memory.invalid", log, ...rest } = options;
  const settings = await sandboxSettings(seed, { ...rest, publicUrl: url });
  const { stores, imports: importSettings } = settings;
  const rules = rulesByStore(stores);
  const control = new SandboxControl(rules, seed, openMemory(rules));
  const { storage, sources, faults, requests } = control;
  const { clock, ids, accept, requestId } = sources;
  clock.freeze(now);

  const uploads = new UploadMemory();
  const logger = log && (await import("../create-logger.ts")).createLogger(settings, withoutErrors(log));
  const report = (event: ImportEvent) => logger && logImport(logger, event);
  const imports = startImportRunner({ storage, uploads, stores, clock, accept, ids, settings: importSettings, report });
  const readiness = new Readiness(storage, (isReady) => logger?.warn({ isReady }, "readiness changed"));
  const parts = { settings, storage, uploads, clock, ids, accept, imports, readiness, requestId };
  const { app, admission } = createApp({ ...parts, ...(logger && { logger }), plugins: sandboxPlugins(control) });
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
  const toSandbox = sandboxFetch(app);
  return {
    fetch: toSandbox,
    url,
    credentials,
    clientOptions: { baseUrl: url, credentials, fetch: toSandbox },
    storeId: [...stores.keys()].find(isStoreId) ?? DEFAULT_STORE_ID,
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
    seed: (given) => control.seed(given),
    reset: () => control.reset(),
    snapshot: () => control.snapshot(),
    restore: (snapshot) => control.restore(snapshot),
    close,
    [Symbol.asyncDispose]: close,
  };
}

/** A log that cannot be written must change neither a response nor the process. */
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
