import type { Settings } from "../configuration/settings.ts";
import type { StoreRules } from "../domain/stores/store-rules.ts";
import type { Admission } from "../http/checks/admission.ts";
import type { ImportRunner } from "../imports/import-runner.ts";
import { invalidBody } from "../operations/api-error.ts";
import { openMemory } from "../storage/sqlite/open-sqlite.ts";
import { InvalidSnapshotError, type Storage, StorageUnavailableError, type WrittenStore } from "../storage/storage.ts";
import { checkSnapshot, type SandboxSnapshot } from "./check-snapshot.ts";
import { type DelayedState, type DelayedStorage, delayedStorage } from "./consistency/delayed-storage.ts";
import { Faults } from "./faults/faults.ts";
import { Waits } from "./faults/waits.ts";
import { RequestGate } from "./request-gate.ts";
import { RequestLog } from "./requests/request-log.ts";
import { SandboxSources, type SourcesState } from "./sandbox-sources.ts";
import type { Seed, SeededIds } from "./seed/seed.ts";
import { seedStorage } from "./seed/seed-storage.ts";

/** The parts of a server that depend on the storage of its sandbox. */
interface SandboxDependents {
  readonly imports: Pick<ImportRunner, "settle">;
  readonly admission: Pick<Admission, "clear">;
}

const EMPTY: DelayedState = { primary: {}, consistency: { mode: "immediate" } };

/**
 * Makes a server a sandbox. The server gets its storage, clock and IDs from here, registers `sandboxPlugins`, and calls
 * {@link SandboxControl.begin} before it accepts requests.
 */
export class SandboxControl {
  readonly sources: SandboxSources;
  readonly storage: DelayedStorage;
  readonly faults: Faults;
  readonly waits = new Waits();
  readonly requests: RequestLog;
  /** A request must be inside the gate to take effect. */
  readonly gate = new RequestGate();
  /** By ID. */
  readonly #stores: ReadonlyMap<string, WrittenStore & { readonly rules: StoreRules }>;
  #begun: (SandboxDependents & { readonly initial: SourcesState }) | undefined;

  /**
   * @param stores by ID
   * @param primary the storage that the server would use without a sandbox
   */
  constructor(stores: Settings["stores"], seed: string, primary: Storage) {
    this.#stores = new Map([...stores].map(([id, { accountSid, rules }]) => [id, { id, accountSid, rules }]));
    this.sources = new SandboxSources(seed);
    const { clock } = this.sources;
    const now = () => clock.now();
    this.storage = delayedStorage(primary, openMemory, this.#stores, clock);
    this.faults = new Faults(now, this.sources.fraction);
    this.requests = new RequestLog(now);
    clock.onAdvance(() => this.gate.pass(() => this.#dependents.imports.settle()));
  }

  get storeIds(): readonly string[] {
    return [...this.#stores.keys()];
  }

  /** Sets the dependents, and saves the clock and the IDs for `reset`. */
  async begin(dependents: SandboxDependents): Promise<void> {
    this.#begun = { ...dependents, initial: this.sources.save() };
    // Data of an earlier run may have the IDs that the seed would produce again.
    if (await this.#hasData()) this.sources.renewIds();
  }

  /**
   * Empties the stores, resets the clock and the IDs, and clears faults and recorded requests. Breaks the connections of requests
   * that a fault delays or whose body is incomplete, so that they do not write to the empty stores.
   */
  reset(): Promise<void> {
    this.waits.end();
    return this.gate.alone(async () => {
      await this.#replaceState({ storage: EMPTY, sources: this.#dependents.initial });
      this.faults.clear();
      this.requests.clear();
    });
  }

  /** Waits for the requests and imports in progress, except for requests whose body is incomplete. */
  snapshot(): Promise<SandboxSnapshot> {
    return this.gate.alone(async () => {
      await this.#dependents.imports.settle();
      return { storage: await this.storage.save(), sources: this.sources.save() };
    });
  }

  /**
   * Returns to the state of a snapshot. Planned faults and recorded requests stay. Waits for the requests in progress, and holds
   * new ones until it is done. Breaks the connections of requests whose body is incomplete.
   *
   * @throws {ApiError} 400 that names the place in the snapshot; nothing changes then
   */
  async restore(snapshot: SandboxSnapshot): Promise<void> {
    await this.#checkSnapshot(snapshot);
    await this.gate.alone(() => this.#replaceState(snapshot));
  }

  /**
   * Adds data to a store. Waits for the requests and imports in progress, and holds new requests, so that none writes what the seed adds.
   *
   * @throws {ApiError} 400 or 404 that names the place in the seed; nothing is added then
   */
  seed(seed: Seed): Promise<SeededIds> {
    return this.gate.alone(() => this.#seed(seed));
  }

  async #seed(seed: Seed): Promise<SeededIds> {
    await this.#dependents.imports.settle();
    const copy = openMemory();
    const { storeIds } = this;
    try {
      await copy.restore(storeIds, await this.storage.snapshot(storeIds));
      return await seedStorage({ storage: this.storage, copy, stores: this.#stores, sources: this.sources }, seed);
    } finally {
      await copy.close();
    }
  }

  async #replaceState({ storage, sources }: SandboxSnapshot): Promise<void> {
    const { imports, admission } = this.#dependents;
    await imports.settle();
    // First, because only the database can tell whether all values are valid. If one is not, it changes nothing.
    await invalidAt("/storage/primary", () => this.storage.load(storage));
    this.sources.restore(sources);
    admission.clear();
    this.gate.dropIncomplete();
  }

  /** Tries on a copy what would otherwise fail after the primary has been restored. */
  async #checkSnapshot(snapshot: SandboxSnapshot): Promise<void> {
    const problem = checkSnapshot(snapshot);
    if (problem !== undefined) throw invalidBody(problem);
    const { replica } = snapshot.storage;
    if (replica === undefined) return;
    const copy = openMemory();
    try {
      await invalidAt("/storage/replica/visible", () => copy.restore(this.storeIds, replica.visible));
      for (const [at, { storeId, commands }] of replica.pending.entries()) {
        const store = this.#stores.get(storeId);
        if (store === undefined) throw invalidBody(`/storage/replica/pending/${at}/storeId: no such store`);
        await invalidAt(`/storage/replica/pending/${at}`, () => copy.apply(store, commands));
      }
    } finally {
      await copy.close();
    }
  }

  async #hasData(): Promise<boolean> {
    for (const storeId of this.#stores.keys()) {
      const profiles = await this.storage.listProfiles(storeId, "DESC", 1);
      const imports = await this.storage.listImports(storeId, 1);
      if (profiles.length + imports.length > 0) return true;
    }
    return false;
  }

  get #dependents() {
    if (this.#begun === undefined) throw new Error("The sandbox has not begun: call begin() first.");
    return this.#begun;
  }
}

/** Runs work on part of a snapshot. If it fails, the message names the part, unless the storage itself is unavailable. */
async function invalidAt(pointer: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof StorageUnavailableError) throw error;
    if (error instanceof InvalidSnapshotError) throw invalidBody(`${pointer}/${error.message}`);
    throw invalidBody(`${pointer}: cannot be restored (${error.message})`);
  }
}
