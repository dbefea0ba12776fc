import type { StoreRules } from "../domain/store-rules.ts";
import type { Admission } from "../http/admission.ts";
import type { ImportRunner } from "../imports/import-runner.ts";
import { openMemory } from "../storage/sqlite/open-sqlite.ts";
import type { Storage } from "../storage/storage.ts";
import { type DelayedState, DelayedStorage } from "./consistency/delayed-storage.ts";
import { Faults } from "./faults/faults.ts";
import { Waits } from "./faults/waits.ts";
import { Gate } from "./gate.ts";
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

const EMPTY: DelayedState = { primary: {}, consistency: { mode: "immediate" } };

/**
 * What a server is made of to be a sandbox. It takes its storage, clock and IDs from here, registers `sandboxPlugins`, and calls
 * {@link SandboxControl.begin} before it answers.
 */
export class SandboxControl {
  readonly sources: SandboxSources;
  readonly storage: DelayedStorage;
  readonly faults: Faults;
  readonly waits = new Waits();
  readonly requests: RequestLog;
  /** What a request passes before it takes effect. */
  readonly gate = new Gate();
  readonly #rules: ReadonlyMap<string, StoreRules>;
  #begun: (SandboxSurroundings & { readonly initial: SourcesState }) | undefined;

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
    clock.onAdvance(() => this.gate.pass(() => this.#surroundings.imports.settle()));
  }

  /** Names what runs beside the storage, and keeps the clock and the IDs that a reset goes back to. */
  async begin(surroundings: SandboxSurroundings): Promise<void> {
    this.#begun = { ...surroundings, initial: this.sources.save() };
    // What is kept from an earlier run may have the very IDs that the seed gives again.
    if (await this.#holdsAnything()) this.sources.renewIds();
  }

  /**
   * Goes back to empty stores, IDs and clock as at first, and forgets faults and requests. What a fault still holds up breaks off, so
   * that it does not write into what begins anew.
   */
  reset(): Promise<void> {
    this.waits.end();
    return this.gate.alone(async () => {
      await this.#goBack({ storage: EMPTY, sources: this.#surroundings.initial });
      this.faults.clear();
      this.requests.clear();
    });
  }

  /** Waits for requests and imports that are under way. */
  snapshot(): Promise<SandboxSnapshot> {
    return this.gate.alone(async () => {
      await this.#surroundings.imports.settle();
      return { storage: await this.storage.save(), sources: this.sources.save() };
    });
  }

  /**
   * Goes back to a moment, after which the same requests give the same answers. Faults and the log of requests stay. Waits for
   * requests that are under way, and holds those that come until it is done.
   */
  restore(snapshot: SandboxSnapshot): Promise<void> {
    return this.gate.alone(() => this.#goBack(snapshot));
  }

  /**
   * Adds to what a store holds.
   *
   * @throws {ApiError} 400 or 404 that names the place in the seed; nothing is added then
   */
  seed(seed: Seed): Promise<SeededIds> {
    return this.gate.pass(() => this.#seed(seed));
  }

  async #seed(seed: Seed): Promise<SeededIds> {
    const copy = openMemory(this.#rules);
    try {
      await copy.restore(await this.storage.snapshot());
      return await seedStorage({ storage: this.storage, copy, rules: this.#rules, sources: this.sources }, seed);
    } finally {
      await copy.close();
    }
  }

  async #goBack({ storage, sources }: SandboxSnapshot): Promise<void> {
    const { imports, admission } = this.#surroundings;
    await imports.settle();
    await this.storage.load(storage);
    this.sources.restore(sources);
    admission.clear();
  }

  async #holdsAnything(): Promise<boolean> {
    for (const storeId of this.#rules.keys()) {
      const profiles = await this.storage.listProfiles(storeId, "DESC", 1);
      const imports = await this.storage.listImports(storeId, 1);
      if (profiles.length + imports.length > 0) return true;
    }
    return false;
  }

  get #surroundings() {
    if (this.#begun === undefined) throw new Error("The sandbox has not begun: call begin() first.");
    return this.#begun;
  }
}
