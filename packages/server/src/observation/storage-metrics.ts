import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { BacklogReport } from "../storage/storage.ts";
import {
  type ConnectionReport,
  RETRY_REASONS,
  type RetryReason,
  type StepSeconds,
  type StorageObserver,
  TRANSACTION_STEPS,
  type TransactionStep,
} from "../storage/storage-observer.ts";
import type { TenantLabels } from "./tenant-labels.ts";

/** Seconds. A step without a wait takes less than a millisecond; a wait for a lock ends after 5 seconds. */
const BUCKETS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];

/** What a storage reports when the metrics are read. */
export interface StorageReports {
  readonly backlog: () => BacklogReport;
  /** Absent for the embedded database. */
  readonly connections?: (() => ConnectionReport) | undefined;
}

/** The metrics of the storage and of the uploads. */
export class StorageMetrics implements StorageObserver {
  readonly #steps: Histogram<"step">;
  readonly #retries: Counter<"reason">;
  readonly #lostConnections: Counter;
  readonly #uploaded: Counter<"account" | "store">;
  readonly #tenants: TenantLabels;

  constructor(registry: Registry, tenants: TenantLabels, { backlog, connections }: StorageReports) {
    const registers = [registry];
    this.#tenants = tenants;
    this.#steps = new Histogram({
      name: "memory_transaction_step_duration_seconds",
      help: "Time of the steps of committed transactions: begin (with the wait for a connection), lock (with the wait for locks), read, write, commit.",
      labelNames: ["step"],
      buckets: BUCKETS,
      registers,
    });
    for (const step of TRANSACTION_STEPS) this.#steps.zero({ step });
    this.#retries = new Counter({
      name: "memory_transaction_retries_total",
      help: "Transactions that were run again after a conflict, by reason: serialization, deadlock, or a lock that was not available in time.",
      labelNames: ["reason"],
      registers,
    });
    for (const reason of RETRY_REASONS) this.#retries.inc({ reason }, 0);
    this.#lostConnections = new Counter({
      name: "memory_database_connections_lost_total",
      help: "Idle connections to the database that failed.",
      registers,
    });
    this.#uploaded = new Counter({
      name: "memory_upload_bytes_total",
      help: "Bytes of files that were received, by account and store.",
      labelNames: ["account", "store"],
      registers,
    });
    const gauge = (name: string, help: string, read: () => number) =>
      new Gauge({
        name,
        help,
        registers,
        collect() {
          this.set(read());
        },
      });
    gauge("memory_backlog_commands", "Writes that are accepted but not applied.", () => backlog().commands);
    gauge(
      "memory_backlog_bytes",
      "Bytes of request bodies that are being read or that wait to be applied.",
      () => backlog().bytes,
    );
    gauge(
      "memory_backlog_oldest_seconds",
      "How long the oldest of these writes has been waiting for its transaction.",
      () => backlog().oldestMs / 1000,
    );
    const connection = (state: keyof ConnectionReport) => () => connections?.()[state] ?? 0;
    const ofPostgres = "0 with the embedded database.";
    gauge("memory_database_connections_used", `Connections to PostgreSQL in use. ${ofPostgres}`, connection("used"));
    gauge("memory_database_connections_idle", `Idle connections to PostgreSQL. ${ofPostgres}`, connection("idle"));
    gauge(
      "memory_database_connections_waiting",
      `Calls that wait for a connection to PostgreSQL. ${ofPostgres}`,
      connection("waiting"),
    );
    gauge(
      "memory_database_connections_limit",
      `Maximum number of connections of this process to PostgreSQL. ${ofPostgres}`,
      connection("limit"),
    );
  }

  committed(seconds: StepSeconds): void {
    for (const [step, time] of Object.entries(seconds) as [TransactionStep, number][]) {
      this.#steps.observe({ step }, time);
    }
  }

  retried(reason: RetryReason): void {
    this.#retries.inc({ reason });
  }

  lostConnection(): void {
    this.#lostConnections.inc();
  }

  uploaded(storeId: string, bytes: number): void {
    this.#uploaded.inc({ ...this.#tenants.ofStore(storeId) }, bytes);
  }
}
