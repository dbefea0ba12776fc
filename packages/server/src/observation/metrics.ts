import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { Settings } from "../configuration/settings.ts";
import { ImportMetrics } from "./import-metrics.ts";
import type { Readiness } from "./readiness.ts";
import { StorageMetrics, type StorageReports } from "./storage-metrics.ts";
import { TenantLabels } from "./tenant-labels.ts";

/** Seconds. A single write takes a few milliseconds, a full batch a few hundred. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What the metrics of a server show. */
export interface MeasuredServer extends StorageReports {
  readonly settings: Pick<Settings, "credentials" | "stores">;
  readonly readiness: Pick<Readiness, "isReady" | "nodes">;
}

/** A request that has its response. */
export interface CompletedRequest {
  readonly operation: string;
  readonly status: number;
  /** How long the response took. */
  readonly seconds: number;
  /** Empty if it is not known. */
  readonly accountSid: string;
  /** Empty if it is not known. */
  readonly storeId: string;
}

/** The metrics of one server for Prometheus. Of IDs, they contain only those of configured accounts and stores, and no trait values. */
export class Metrics {
  readonly storage: StorageMetrics;
  readonly imports: ImportMetrics;
  readonly #registry = new Registry();
  readonly #durations: Histogram<"operation" | "status">;
  readonly #requests: Counter<"operation" | "status" | "account" | "store">;
  readonly #seconds: Counter<"account" | "store">;
  readonly #tenants: TenantLabels;
  readonly #reloads: Counter<"result">;
  readonly #lastReload: Gauge;

  constructor({ settings, readiness, backlog, connections }: MeasuredServer) {
    const registers = [this.#registry];
    this.#tenants = new TenantLabels(settings);
    collectDefaultMetrics({ register: this.#registry });
    this.#durations = new Histogram({
      name: "memory_request_duration_seconds",
      help: "Time from the headers of a request to the end of its response.",
      labelNames: ["operation", "status"],
      buckets: BUCKETS,
      registers,
    });
    this.#requests = new Counter({
      name: "memory_requests_total",
      help: "Requests that have their response, by operation, status, account and store.",
      labelNames: ["operation", "status", "account", "store"],
      registers,
    });
    this.#seconds = new Counter({
      name: "memory_request_seconds_total",
      help: "Total time of these requests, by account and store.",
      labelNames: ["account", "store"],
      registers,
    });
    this.storage = new StorageMetrics(this.#registry, this.#tenants, { backlog, connections });
    this.imports = new ImportMetrics(this.#registry);
    this.#reloads = new Counter({
      name: "memory_configuration_reloads_total",
      help: "Reloads of the configuration, by result: applied or refused.",
      labelNames: ["result"],
      registers,
    });
    for (const result of ["applied", "refused"]) this.#reloads.inc({ result }, 0);
    this.#lastReload = new Gauge({
      name: "memory_configuration_last_reload_successful",
      help: "0 if the last reload of the configuration was refused, otherwise 1.",
      registers,
    });
    this.#lastReload.set(1);
    new Gauge({
      name: "memory_nodes_unavailable",
      help: "Nodes of a database cluster that have stores and cannot be written.",
      registers,
      collect() {
        this.set(readiness.nodes.filter(({ isAvailable }) => !isAvailable).length);
      },
    });
    new Gauge({
      name: "memory_ready",
      help: "1 while the server is ready, otherwise 0.",
      registers,
      collect() {
        this.set(Number(readiness.isReady));
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }

  responded({ operation, status, seconds, accountSid, storeId }: CompletedRequest): void {
    const { account, store } = this.#tenants.of(accountSid, storeId);
    this.#durations.observe({ operation, status }, seconds);
    this.#requests.inc({ operation, status, account, store });
    this.#seconds.inc({ account, store }, seconds);
  }

  /** Counts a reload of the configuration. */
  reloaded(result: "applied" | "refused"): void {
    this.#reloads.inc({ result });
    this.#lastReload.set(Number(result === "applied"));
  }

  /** Names the accounts and stores of these settings from now on. */
  reload(settings: MeasuredServer["settings"]): void {
    this.#tenants.configure(settings);
  }
}
