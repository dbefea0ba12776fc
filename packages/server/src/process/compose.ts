import type { FastifyInstance, FastifyPluginAsync } from "fastify";
import type { Logger } from "pino";
import { configuredStores } from "../configuration/configured-stores.ts";
import type { Settings } from "../configuration/settings.ts";
import type { Clock } from "../domain/clock.ts";
import type { IdSource } from "../domain/commands/type-id.ts";
import { createApp } from "../http/app.ts";
import type { Admission } from "../http/checks/admission.ts";
import type { ImportEvent } from "../imports/import-event.ts";
import { type ImportRunner, startImportRunner } from "../imports/import-runner.ts";
import { logImport } from "../observation/log-import.ts";
import type { Metrics } from "../observation/metrics.ts";
import { Readiness } from "../observation/readiness.ts";
import { tracedStorage } from "../observation/traced-storage.ts";
import type { Tracing } from "../observation/tracing.ts";
import type { Storage } from "../storage/storage.ts";
import { observedUploads } from "../storage/uploads/observed-uploads.ts";
import type { UploadStorage } from "../storage/uploads/upload-storage.ts";

export interface Components {
  readonly settings: Settings;
  readonly storage: Storage;
  readonly uploads: UploadStorage;
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
}

/** Connects the components of a server, and starts to run imports. */
export function compose({ measure, tracing, onImportDelayed, plugins, ...components }: Components): ComposedServer {
  const { settings, logger } = components;
  const system = settings.databaseUrl === undefined ? "sqlite" : "postgresql";
  const storage = tracing ? tracedStorage(components.storage, tracing, system) : components.storage;
  const probe = async () => {
    await storage.probe();
    await components.uploads.probe();
  };
  const readiness = new Readiness(probe, (isReady) => logger?.warn({ isReady }, "readiness changed"));
  const metrics = measure?.(readiness, () => storage.backlog());
  const report = (event: ImportEvent) => {
    if (logger) logImport(logger, event);
    metrics?.imports.imported(event);
    if (event.kind === "delayed") onImportDelayed?.(event.error, readiness);
  };
  const uploads = metrics
    ? observedUploads(components.uploads, (storeId, bytes) => metrics.storage.uploaded(storeId, bytes))
    : components.uploads;
  const dependencies = { ...components, storage, uploads, stores: configuredStores(settings.stores) };
  const imports = startImportRunner({
    ...dependencies,
    settings: settings.imports,
    report,
    ...(tracing && { trace: tracing }),
    ...(metrics && { reportWaiting: (ms) => metrics.imports.waiting(ms) }),
  });
  const { app, admission } = createApp({
    ...dependencies,
    imports,
    readiness,
    plugins,
    ...(metrics && { metrics }),
    ...(tracing && { tracing }),
  });
  return { app, admission, imports, readiness, metrics };
}
