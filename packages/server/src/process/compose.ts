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
import type { Storage, StorageNode } from "../storage/storage.ts";
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
  readonly measure?: (readiness: Readiness) => Metrics;
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
export function compose({ measure, onImportDelayed, plugins, ...components }: Components): ComposedServer {
  const { settings, storage, uploads, logger } = components;
  let stores = configuredStores(settings.stores);
  const currentStores: StoreDirectory = { find: (storeId) => stores.find(storeId), list: () => stores.list() };
  const probe = async () => {
    const nodes = await storage.probe((await currentStores.list()).map(({ id }) => id));
    await uploads.probe();
    return nodes;
  };
  const changed = (isReady: boolean, nodes: readonly StorageNode[]) => {
    logger?.warn({ isReady, ...(nodes.length > 0 && { nodes }) }, "readiness changed");
  };
  const readiness = new Readiness(probe, changed, components.nodes);
  const metrics = measure?.(readiness);
  const report = (event: ImportEvent) => {
    if (logger) logImport(logger, event);
    metrics?.imported(event);
    if (event.kind === "delayed") onImportDelayed?.(event.error, readiness);
  };
  const imports = startImportRunner({ ...components, stores: currentStores, settings: settings.imports, report });
  const api = createApp({ ...components, stores, imports, readiness, plugins, ...(metrics && { metrics }) });
  return {
    app: api.app,
    admission: api.admission,
    imports,
    readiness,
    metrics,
    reload(next) {
      stores = configuredStores(next.stores);
      api.reload(next, stores);
      if (logger) logger.level = next.logLevel;
      // A store that was added may have imports that wait.
      imports.wake();
    },
  };
}
