import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ImportEvent } from "../imports/import-event.ts";
import type { Readiness } from "./readiness.ts";

/** Seconds. A single write takes a few milliseconds, a full batch a few hundred. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** The metrics of one server for Prometheus. They contain no IDs and no trait values. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #durations: Histogram<"operation" | "status">;
  readonly #imports: Counter<"outcome">;
  readonly #rows: Counter<"outcome">;
  readonly #lostConnections: Counter;
  readonly #reloads: Counter<"result">;
  readonly #lastReload: Gauge;

  constructor(readiness: Readiness) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#durations = new Histogram({
      name: "memory_request_duration_seconds",
      help: "Time from the headers of a request to the end of its response.",
      labelNames: ["operation", "status"],
      buckets: BUCKETS,
      registers,
    });
    this.#imports = new Counter({
      name: "memory_imports_total",
      help: "Imports that ended, by outcome.",
      labelNames: ["outcome"],
      registers,
    });
    this.#rows = new Counter({
      name: "memory_import_rows_total",
      help: "Rows of imports that ended, by outcome.",
      labelNames: ["outcome"],
      registers,
    });
    this.#lostConnections = new Counter({
      name: "memory_database_connections_lost_total",
      help: "Idle connections to the database that failed.",
      registers,
    });
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

  /** @param seconds how long the response took */
  responded(operation: string, status: number, seconds: number): void {
    this.#durations.observe({ operation, status }, seconds);
  }

  lostConnection(): void {
    this.#lostConnections.inc();
  }

  reloaded(result: "applied" | "refused"): void {
    this.#reloads.inc({ result });
    this.#lastReload.set(Number(result === "applied"));
  }

  imported(event: ImportEvent): void {
    if (event.kind !== "ended") return;
    const { rows, errors } = event.progress;
    this.#imports.inc({ outcome: event.status.toLowerCase() });
    this.#rows.inc({ outcome: "applied" }, rows - errors);
    this.#rows.inc({ outcome: "failed" }, errors);
  }
}
