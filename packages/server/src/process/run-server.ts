import { randomFillSync, randomUUID } from "node:crypto";
import { setTimeout } from "node:timers/promises";
import { type DestinationStream, type Logger, pino } from "pino";
import type { Settings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import { createAcceptance } from "../domain/commands/accepted-at.ts";
import { createIdSource } from "../domain/commands/type-id.ts";
import { createLogger } from "../observation/create-logger.ts";
import { Metrics } from "../observation/metrics.ts";
import { startTracing } from "../observation/start-tracing.ts";
import type { Storage } from "../storage/storage.ts";
import { compose } from "./compose.ts";
import { createReload, type Reload } from "./create-reload.ts";
import type { OpenedStorage } from "./open-storage.ts";

export interface RunningServer {
  /** Its URL, such as `http://127.0.0.1:4010`, without a slash at the end. */
  readonly url: string;
  /**
   * Replaces the accounts, the stores, the limits, the signing keys and the log level, all at once. Settings that are invalid, or that need
   * a restart, are refused. The log and the metrics contain the result.
   */
  readonly reload: Reload;
  /** Finishes requests in progress, releases imports and closes the storage. Can be called again. */
  close(): Promise<void>;
}

/** Runs a server on an open storage, and returns once it listens. The server closes the storage when it is closed. */
export async function runServer(
  settings: Settings,
  opened: OpenedStorage,
  log?: DestinationStream,
): Promise<RunningServer> {
  const logger = createLogger(settings, log ?? pino.destination(1));
  // Cleanup for shutdown or a failed start, last first.
  const cleanups: (() => Promise<void>)[] = [() => opened.storage.close()];
  const cleanUp = async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
  };
  try {
    const { url, reload } = await listen(settings, opened, logger, (cleanup) => cleanups.push(cleanup));
    let closed: Promise<void> | undefined;
    const close = () => {
      closed ??= cleanUp().then(() => logger.info("stopped"));
      return closed;
    };
    return { url, reload, close };
  } catch (error) {
    await cleanUp();
    throw error;
  }
}

async function listen(
  settings: Settings,
  opened: OpenedStorage,
  logger: Logger,
  onClose: (cleanup: () => Promise<void>) => void,
): Promise<Pick<RunningServer, "url" | "reload">> {
  const tracing = await startTracing(process.env, logger);
  if (tracing) onClose(() => tracing.stop());
  const { control, plugins } = await sandboxOf(settings, opened.storage);
  const { app, admission, imports, readiness, metrics, reload } = compose({
    settings,
    storage: control?.storage ?? opened.storage,
    uploads: opened.uploads,
    ...(opened.nodes && { nodes: opened.nodes }),
    ...(control?.sources ?? sourcesOf(opened.clock)),
    logger,
    tracing,
    measure: (measured, backlog) =>
      new Metrics({ settings, readiness: measured, backlog, connections: opened.connections }),
    onImportDelayed: (error, affected) => affected.failedBy(error),
    plugins,
  });
  onClose(imports.stop);
  opened.onConnectionError?.((error) => {
    logger.warn({ error: { name: error.name, reason: error.message } }, "database connection lost");
    metrics?.storage.lostConnection();
  });
  if (metrics) opened.observe?.(metrics.storage);
  onClose(async () => {
    logger.info("stopping");
    readiness.stop();
    // A load balancer sends requests until it sees that the server is not ready. A server that never listened receives none.
    if (app.server.listening) await setTimeout(settings.timeouts.unreadyMs);
    const drained = app.close();
    await Promise.race([drained, setTimeout(settings.timeouts.drainMs, undefined, { ref: false })]);
    app.server.closeAllConnections();
    await drained;
  });
  await control?.begin({ imports, admission });
  const url = await app.listen({ host: settings.host, port: settings.port });
  return { url, reload: createReload({ settings, apply: reload, logger, metrics }) };
}

/** The sandbox plugins, if the settings enable them. A production server does not load them. */
async function sandboxOf({ sandbox, stores }: Settings, storage: Storage) {
  if (sandbox === undefined) return { plugins: [] };
  const { SandboxControl } = await import("../sandbox/sandbox-control.ts");
  const { sandboxPlugins } = await import("../sandbox/sandbox-plugins.ts");
  const { sitePlugin } = await import("../sandbox/site/site-plugin.ts");
  const control = new SandboxControl(stores, sandbox.seed, storage);
  const [storeId = ""] = control.storeIds;
  return { control, plugins: [...sandboxPlugins(control), sitePlugin({ ...sandbox, storeId })] };
}

/** The time of the storage, and unpredictable IDs. */
function sourcesOf(clock: Clock) {
  const now = () => clock.now();
  const ids = createIdSource(now, (bytes) => randomFillSync(bytes));
  return { clock, ids, accept: createAcceptance(now), requestId: randomUUID };
}
