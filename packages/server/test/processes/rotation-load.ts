import { setTimeout } from "node:timers/promises";
import { type Fleet, secretOf } from "./rotating-fleet.ts";

const STORE = "/v1/Stores/mem_store_00000000000000000000000000";
const CSV = "email,phone\nada@example.com,+12065550100\n";
const MAPPINGS = ["email", "phone"].map((name) => ({ columnName: name, traitGroup: "Contact", traitName: name }));

const WORKERS = 6;
/** Before each cycle, so that the load leaves time for the processes that it tests. */
const PAUSE_MS = 20;
/** Cycles between receiving a page token or an upload URL and using it. */
const HELD_CYCLES = 2;

interface Held {
  readonly pageToken: string;
  /** Path and query. */
  readonly upload: string;
}

/** Callers that write, read pages and upload files all the time. Each of them uses what it got a few cycles before. */
export class RotationLoad {
  readonly #fleet: Fleet;
  /** User names with which the callers authenticate, in turn. */
  credentials: readonly string[] = ["SK1"];
  /** How often each operation returned each status, such as `list 200`. */
  readonly counts = new Map<string, number>();
  readonly #cycles: number[] = Array(WORKERS).fill(0);
  readonly #waiting = new Set<{ readonly from: readonly number[]; readonly cycles: number; resolve(): void }>();
  readonly #workers: Promise<unknown>;
  #isStopped = false;

  constructor(fleet: Fleet) {
    this.#fleet = fleet;
    this.#workers = Promise.all(this.#cycles.map((_, at) => this.#work(at)));
    // `stop` reports it.
    this.#workers.catch(() => {});
  }

  /** Resolves when each caller has used everything that it had when this method was called. */
  async allIsUsed(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add({ from: [...this.#cycles], cycles: HELD_CYCLES + 1, resolve });
    await Promise.race([promise, this.#workers]);
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#workers;
  }

  async #work(at: number): Promise<void> {
    const held: Held[] = [];
    for (let cycle = 0; !this.#isStopped; cycle++) {
      await setTimeout(PAUSE_MS);
      const email = `person${at}-${cycle % 50}@example.com`;
      await this.#send("create", `${STORE}/Profiles`, "POST", { traits: { Contact: { email } } });
      held.push(await this.#receive());
      if (held.length > HELD_CYCLES) await this.#use(held.shift());
      this.#cycles[at] = cycle + 1;
      for (const waiting of this.#waiting) {
        if (this.#cycles.some((count, worker) => count < (waiting.from[worker] ?? 0) + waiting.cycles)) continue;
        this.#waiting.delete(waiting);
        waiting.resolve();
      }
    }
  }

  async #receive(): Promise<Held> {
    const page = await this.#send("list", `${STORE}/Profiles?pageSize=1`);
    const announced = { filename: "people.csv", fileSize: CSV.length, columnMappings: MAPPINGS };
    const created = await this.#send("create import", `${STORE}/Profiles/Imports`, "POST", announced);
    const { pathname, search } = new URL(created.url);
    return { pageToken: page.meta.nextToken ?? "", upload: pathname + search };
  }

  async #use(held: Held | undefined): Promise<void> {
    if (held === undefined) return;
    if (held.pageToken !== "") await this.#send("list", `${STORE}/Profiles?pageToken=${held.pageToken}`);
    const response = await this.#fleet.send(held.upload, {
      method: "PUT",
      headers: { "Content-Type": "text/csv" },
      body: CSV,
    });
    this.#count("upload", response.status);
  }

  async #send(operation: string, path: string, method = "GET", body?: object) {
    const [name = ""] = this.credentials;
    this.credentials = [...this.credentials.slice(1), name];
    const response = await this.#fleet.send(path, {
      method,
      headers: { Authorization: `Basic ${btoa(`${name}:${secretOf(name)}`)}`, "Content-Type": "application/json" },
      ...(body && { body: JSON.stringify(body) }),
    });
    this.#count(operation, response.status);
    return Object(await response.json());
  }

  #count(operation: string, status: number): void {
    const key = `${operation} ${status}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
  }
}
