import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { Logger } from "pino";
import { configuredStores } from "../configuration/configured-stores.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import type { IdSource } from "../domain/commands/type-id.ts";
import type { StoreDirectory } from "../domain/stores/store-directory.ts";
import { createApp } from "../http/app.ts";
import type { Admission } from "../http/checks/admission.ts";
import type { ImportEvent } from "../imports/import-event.ts";
import { type ImportRunner, startImportRunner } from "../imports/import-runner.ts";
import { logImport } from "../observation/log-import.ts";
import type { Metrics } from "../observation/metrics.ts";
import { Readiness } from "../observation/readiness.ts";
import { tracedStorage } from "../observation/traced-storage.ts";
import type { Tracing } from "../observation/tracing.ts";
import type { Storage, StorageNode } from "../storage/storage.ts";
import { observedUploads } from "../storage/uploads/observed-uploads.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";

export interface Components {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  /** The nodes of the storage. By default, it has none. */
  readonly nodes?: readonly StorageNode[];
  readonly clock: Clock;
  readonly ids: IdSource;
  /** Reserves times of acceptance, in microseconds since 1970; see `createAcceptance`. */
  readonly accept: (ticks: number) => number;
  /** Creates the ID of a request. */
  readonly requestId: () => string;
  /** By default, nothing is logged. */
  readonly logger?: Logger;
  /** Creates the metrics of the server. By default, there are none. */
  readonly measure?: (readiness: Readiness, backlog: Storage["backlog"]) => Metrics;
  /** By default, there are no spans. */
  readonly tracing?: Tracing | undefined;
  /** Receives the error of an import that is delayed. */
  readonly onImportDelayed?: (error: unknown, readiness: Readiness) => void;
  readonly plugins: readonly FastifyPluginAsync[];
}

/** A server that does not listen yet. */
export interface ComposedServer {
  readonly app: FastifyInstance;
  readonly admission: Admission;
  readonly imports: ImportRunner;
  readonly readiness: Readiness;
  readonly metrics: Metrics | undefined;
  /** Puts the settings that a reload can change in force, all at once. */
  reload(settings: Settings): void;
}

/** Connects the components of a server, and starts to run imports. */
export function compose({ measure, tracing, onImportDelayed, plugins, ...components }: Components): ComposedServer {
  const { settings, logger } = components;
  const system = settings.databaseUrl === undefined ? "sqlite" : "postgresql";
  const storage = tracing ? tracedStorage(components.storage, tracing, system) : components.storage;
  let stores = configuredStores(settings.stores);
  const currentStores: StoreDirectory = { find: (storeId) => stores.find(storeId), list: () => stores.list() };
  const probe = async () => {
    const nodes = await storage.probe((await currentStores.list()).map(({ id }) => id));
    await components.uploads.probe();
    return nodes;
  };
  const changed = (isReady: boolean, nodes: readonly StorageNode[]) => {
    logger?.warn({ isReady, ...(nodes.length > 0 && { nodes }) }, "readiness changed");
  };
  const readiness = new Readiness(probe, changed, components.nodes);
  const metrics = measure?.(readiness, () => storage.backlog());
  const report = (event: ImportEvent) => {
    if (logger) logImport(logger, event);
    metrics?.imports.imported(event);
    if (event.kind === "delayed") onImportDelayed?.(event.error, readiness);
  };
  const uploads = metrics
    ? observedUploads(components.uploads, (storeId, bytes) => metrics.storage.uploaded(storeId, bytes))
    : components.uploads;
  const dependencies = { ...components, storage, uploads };
  const imports = startImportRunner({
    ...dependencies,
    stores: currentStores,
    settings: settings.imports,
    report,
    ...(tracing && { trace: tracing }),
    ...(metrics && { reportWaiting: (ms) => metrics.imports.waiting(ms) }),
  });
  const api = createApp({
    ...dependencies,
    stores,
    imports,
    readiness,
    plugins,
    ...(metrics && { metrics }),
    ...(tracing && { tracing }),
  });
  return {
    app: api.app,
    admission: api.admission,
    imports,
    readiness,
    metrics,
    reload(next) {
      stores = configuredStores(next.stores);
      api.reload(next, stores);
      metrics?.reload(next);
      if (logger) logger.level = next.logLevel;
      // A store that was added may have imports that wait.
      imports.wake();
    },
  };
}
