import type { StoreRules } from "../domain/store-rules.ts";
import type { Admission } from "../http/admission.ts";
import type { ImportRunner } from "../imports/import-runner.ts";
import { openMemory } from "../storage/sqlite/open-sqlite.ts";
import type { Storage } from "../storage/storage.ts";
import { type DelayedState, DelayedStorage } from "./consistency/delayed-storage.ts";
import { Faults } from "./faults/faults.ts";
import { RequestLog } from "./requests/request-log.ts";
import { SandboxSources, type SourcesState } from "./sandbox-sources.ts";
import type { Seed, SeededIds } from "./seed/seed.ts";
import { seedStorage } from "./seed/seed-storage.ts";

/** A moment of a sandbox, as plain data: what it holds, what of it is visible, its clock and its IDs. */
export interface SandboxSnapshot {
  readonly storage: DelayedState;
  readonly sources: SourcesState;
}

/** What runs beside the storage of a sandbox. */
export interface SandboxSurroundings {
  readonly imports: Pick<ImportRunner, "settle">;
  readonly admission: Pick<Admission, "clear">;
}

/**
 * What a server is made of to be a sandbox. It takes its storage, clock and IDs from here, registers `sandboxPlugins`, and calls
 * {@link SandboxControl.begin} before it answers.
 */
export class SandboxControl {
  readonly sources: SandboxSources;
  readonly storage: DelayedStorage;
  readonly faults: Faults;
  readonly requests: RequestLog;
  readonly #rules: ReadonlyMap<string, StoreRules>;
  #begun: (SandboxSurroundings & { readonly initial: SandboxSnapshot }) | undefined;

  /**
   * @param rules of each store, by its ID
   * @param primary what the server would work with if it were none
   */
  constructor(rules: ReadonlyMap<string, StoreRules>, seed: string, primary: Storage) {
    this.#rules = rules;
    this.sources = new SandboxSources(seed);
    const { clock } = this.sources;
    const now = () => clock.now();
    this.storage = new DelayedStorage(primary, () => openMemory(this.#rules), clock);
    this.faults = new Faults(now, this.sources.fraction);
    this.requests = new RequestLog(now);
    clock.onAdvance(() => this.#surroundings.imports.settle());
  }

  /** Names what runs beside the storage, and keeps the state that a reset goes back to. */
  async begin(surroundings: SandboxSurroundings): Promise<void> {
    const initial = { storage: await this.storage.save(), sources: this.sources.save() };
    this.#begun = { ...surroundings, initial };
  }

  /** Goes back to the beginning, IDs and clock too, and forgets faults and requests. */
  async reset(): Promise<void> {
    await this.restore(this.#surroundings.initial);
    this.faults.clear();
    this.requests.clear();
  }

  /** Waits for imports that are under way. */
  async snapshot(): Promise<SandboxSnapshot> {
    await this.#surroundings.imports.settle();
    return { storage: await this.storage.save(), sources: this.sources.save() };
  }

  /** Goes back to a moment, after which the same requests give the same answers. Faults and the log of requests stay. */
  async restore({ storage, sources }: SandboxSnapshot): Promise<void> {
    const { imports, admission } = this.#surroundings;
    await imports.settle();
    await this.storage.load(storage);
    this.sources.restore(sources);
    admission.clear();
  }

  /**
   * Adds to what a store holds.
   *
   * @throws {ApiError} 400 or 404 that names the place in the seed; nothing is added then
   */
  async seed(seed: Seed): Promise<SeededIds> {
    const copy = openMemory(this.#rules);
    try {
      await copy.restore(await this.storage.snapshot());
      return await seedStorage({ storage: this.storage, copy, rules: this.#rules, sources: this.sources }, seed);
    } finally {
      await copy.close();
    }
  }

  get #surroundings() {
    if (this.#begun === undefined) throw new Error("The sandbox has not begun: call begin() first.");
    return this.#begun;
  }
}
