import { randomFillSync, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type DestinationStream, pino } from "pino";
import { createApp } from "./app.ts";
import { rulesByStore } from "./configuration/rules-by-store.ts";
import type { Settings } from "./configuration/settings.ts";
import { createLogger } from "./create-logger.ts";
import { createAcceptance } from "./domain/accepted-at.ts";
import { createIdSource } from "./domain/type-id.ts";
import type { ImportEvent } from "./imports/import-event.ts";
import { startImportRunner } from "./imports/import-runner.ts";
import { logImport } from "./imports/log-import.ts";
import { Metrics } from "./metrics.ts";
import type { OpenedStorage } from "./open-storage.ts";
import { Readiness } from "./readiness.ts";
import type { RunningServer } from "./running-server.ts";
import type { Storage } from "./storage/storage.ts";

/** Puts a server together on a storage that is open, and returns once it answers. It closes the storage with itself. */
export async function runServer(
  settings: Settings,
  opened: OpenedStorage,
  log?: DestinationStream,
): Promise<RunningServer> {
  // What has to end when the server ends, or does not come to start: the last one first.
  const endings: (() => Promise<void>)[] = [() => opened.storage.close()];
  const end = async () => {
    for (const ending of endings.toReversed()) await ending();
  };
  try {
    const url = await listen(settings, opened, log, (ending) => endings.push(ending));
    let ended: Promise<void> | undefined;
    const close = () => {
      ended ??= end();
      return ended;
    };
    return { url, close };
  } catch (error) {
    await end();
    throw error;
  }
}

/** @returns where it listens */
async function listen(
  settings: Settings,
  opened: OpenedStorage,
  log: DestinationStream | undefined,
  atEnd: (ending: () => Promise<void>) => void,
): Promise<string> {
  const logger = createLogger(settings, log ?? pino.destination(1));
  const { control, plugins } = await sandboxOf(settings, opened.storage);
  const { clock, ids, accept, requestId } = control?.sources ?? sourcesOfNow();
  const storage = control?.storage ?? opened.storage;
  const readiness = new Readiness(storage, (isReady) => logger.warn({ isReady }, "readiness changed"));
  const metrics = new Metrics(readiness);
  const report = (event: ImportEvent) => {
    logImport(logger, event);
    metrics.imported(event);
    if (event.kind === "delayed") readiness.failedBy(event.error);
  };
  const parts = { settings, storage, uploads: opened.uploads, clock, ids, accept };
  const imports = startImportRunner({ ...parts, stores: settings.stores, settings: settings.imports, report });
  atEnd(imports.stop);
  const { app, admission } = createApp({ ...parts, imports, readiness, metrics, logger, requestId, plugins });
  atEnd(async () => {
    logger.info("stopping");
    readiness.stop();
    // A balancer sends requests until it has noticed. If it never listened, there are none.
    if (app.server.listening) await setTimeout(settings.timeouts.unreadyMs);
    const drained = app.close();
    await Promise.race([drained, setTimeout(settings.timeouts.drainMs, undefined, { ref: false })]);
    app.server.closeAllConnections();
    await drained;
  });
  await control?.begin({ imports, admission });
  return app.listen({ host: settings.host, port: settings.port });
}

/** What makes this server a sandbox, if it is to be one. A service does not even load it. */
async function sandboxOf({ sandbox, stores }: Settings, storage: Storage) {
  if (sandbox === undefined) return { plugins: [] };
  const { SandboxControl } = await import("./sandbox/sandbox-control.ts");
  const { sandboxPlugins } = await import("./sandbox/sandbox-plugins.ts");
  const rules = rulesByStore(stores);
  const control = new SandboxControl(rules, sandbox.seed, storage);
  return { control, plugins: sandboxPlugins(control) };
}

/** The time of the machine, and IDs that nobody can foresee. */
function sourcesOfNow() {
  const clock = { now: Date.now };
  const ids = createIdSource(clock.now, (bytes) => randomFillSync(bytes));
  return { clock, ids, accept: createAcceptance(clock.now), requestId: randomUUID };
}
