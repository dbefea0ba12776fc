import { Counter, Gauge, type Registry } from "prom-client";
import type { ImportEvent } from "../imports/import-event.ts";

/** The metrics of the imports that this process runs. */
export class ImportMetrics {
  readonly #ended: Counter<"outcome">;
  readonly #rows: Counter<"outcome">;
  readonly #oldest: Gauge;
  /** IDs. */
  readonly #running = new Set<string>();

  constructor(registry: Registry) {
    const registers = [registry];
    const labelNames = ["outcome"] as const;
    this.#ended = new Counter({
      name: "memory_imports_total",
      help: "Imports that ended, by outcome.",
      labelNames,
      registers,
    });
    this.#rows = new Counter({
      name: "memory_import_rows_total",
      help: "Rows of imports that were processed, by outcome.",
      labelNames,
      registers,
    });
    for (const outcome of ["completed", "failed"]) this.#ended.inc({ outcome }, 0);
    for (const outcome of ["applied", "failed"]) this.#rows.inc({ outcome }, 0);
    const running = this.#running;
    new Gauge({
      name: "memory_imports_running",
      help: "Imports that this process runs now.",
      registers,
      collect() {
        this.set(running.size);
      },
    });
    this.#oldest = new Gauge({
      name: "memory_import_oldest_waiting_seconds",
      help: "How long the oldest import that no process runs has been due, in the whole database. 0 if none is due.",
      registers,
    });
  }

  /** @param ms how long the oldest import has been due */
  waiting(ms: number): void {
    this.#oldest.set(ms / 1000);
  }

  imported(event: ImportEvent): void {
    switch (event.kind) {
      case "started":
        this.#running.add(event.importId);
        return;
      case "progressed":
        this.#rows.inc({ outcome: "applied" }, event.rows - event.errors);
        this.#rows.inc({ outcome: "failed" }, event.errors);
        return;
      case "ended":
        this.#ended.inc({ outcome: event.status.toLowerCase() });
    }
    if (event.importId !== undefined) this.#running.delete(event.importId);
  }
}
