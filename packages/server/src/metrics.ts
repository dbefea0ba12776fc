import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { ImportEvent } from "./imports/import-event.ts";
import type { Readiness } from "./readiness.ts";

/** Seconds. A single write is a few milliseconds, a full batch some hundred. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];

/** What Prometheus may know of one server: nothing of what profiles hold. */
export class Metrics {
  readonly #registry = new Registry();
  readonly #answers: Histogram<"operation" | "status">;
  readonly #imports: Counter<"outcome">;
  readonly #rows: Counter<"outcome">;

  constructor(readiness: Readiness) {
    const registers = [this.#registry];
    collectDefaultMetrics({ register: this.#registry });
    this.#answers = new Histogram({
      name: "memory_request_duration_seconds",
      help: "Time from the headers of a request to the end of its answer.",
      labelNames: ["operation", "status"],
      buckets: BUCKETS,
      registers,
    });
    this.#imports = new Counter({
      name: "memory_imports_total",
      help: "Imports that ended, by how they did.",
      labelNames: ["outcome"],
      registers,
    });
    this.#rows = new Counter({
      name: "memory_import_rows_total",
      help: "Rows of imports that ended, by how they fared.",
      labelNames: ["outcome"],
      registers,
    });
    new Gauge({
      name: "memory_ready",
      help: "1 while the server can answer, else 0.",
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

  /** @param seconds how long the answer took */
  answered(operation: string, status: number, seconds: number): void {
    this.#answers.observe({ operation, status }, seconds);
  }

  imported(event: ImportEvent): void {
    if (event.kind !== "ended") return;
    const { rows, errors } = event.progress;
    this.#imports.inc({ outcome: event.status.toLowerCase() });
    this.#rows.inc({ outcome: "applied" }, rows - errors);
    this.#rows.inc({ outcome: "refused" }, errors);
  }
}
