import { randomFillSync } from "node:crypto";
import type { TraitValue } from "@memory-api/types";
import { configuredStores } from "../../src/configuration/configured-stores.ts";
import { createAcceptance } from "../../src/domain/commands/accepted-at.ts";
import { createIdSource } from "../../src/domain/commands/type-id.ts";
import type { ImportProgress, ImportRecord } from "../../src/domain/imports/import-state.ts";
import type { ImportDependencies } from "../../src/imports/import-dependencies.ts";
import type { ImportEvent } from "../../src/imports/import-event.ts";
import { type ImportRunner, startImportRunner } from "../../src/imports/import-runner.ts";
import { openMemory } from "../../src/storage/sqlite/open-sqlite.ts";
import type { Storage } from "../../src/storage/storage.ts";
import { UploadMemory } from "../../src/storage/uploads/upload-memory.ts";
import type { UploadStorage } from "../../src/storage/uploads/upload-storage.ts";
import { mappings, rules, storeId } from "./import-rules.ts";

export const HEADER = "email,phone,name,points\n";
const UPLOAD_MS = 1_800_000;
export const NO_PROGRESS: ImportProgress = { offset: 0, rows: 0, errors: 0, warnings: 0 };

/** A storage with imports, a clock that is moved by hand, and the events that runners report. */
export class RunningImports {
  now = 1_800_000_000_000;
  readonly storage: Storage;
  readonly uploads: UploadStorage;
  readonly events: ImportEvent[] = [];
  readonly #ids = createIdSource(
    () => this.now,
    (bytes) => randomFillSync(bytes),
  );
  readonly #accept = createAcceptance(() => this.now);
  readonly #runners: ImportRunner[] = [];

  constructor(storage: Storage = openMemory(), uploads: UploadStorage = new UploadMemory()) {
    this.storage = storage;
    this.uploads = uploads;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#runners.map((runner) => runner.stop()));
    await this.storage.close();
  }

  /** @returns the ID of an import that waits for its file */
  async created(progress = NO_PROGRESS, store = storeId): Promise<string> {
    const id = this.#ids.next("mem_import");
    const record: ImportRecord = {
      ...{ id, filename: "contacts.csv", fileSize: 100, columnMappings: mappings },
      status: "PENDING",
      createdAt: this.now,
      updatedAt: this.now,
      expiresAt: this.now + UPLOAD_MS,
      progress,
    };
    await this.storage.createImport(store, record);
    return id;
  }

  /** @returns the ID of an import that has its file */
  async uploaded(csv: string, progress = NO_PROGRESS, store = storeId): Promise<string> {
    const id = await this.created(progress, store);
    async function* bytes() {
      yield Buffer.from(csv);
    }
    const uploadId = await this.uploads.save(store, id, bytes());
    await this.storage.acceptUpload(store, id, uploadId, this.now);
    return id;
  }

  runner(changes: Partial<ImportDependencies> = {}): ImportRunner {
    const runner = startImportRunner({
      storage: this.storage,
      uploads: this.uploads,
      stores: configuredStores(new Map([[storeId, { accountSid: "AC00000000000000000000000000000000", rules }]])),
      clock: { now: () => this.now },
      accept: this.#accept,
      ids: this.#ids,
      settings: { leaseMs: 60_000, pollMs: 3_600_000 },
      report: (event) => this.events.push(event),
      ...changes,
    });
    this.#runners.push(runner);
    return runner;
  }

  /** A runner that is stopped while it applies the first batch of rows. */
  async stoppedRunner(): Promise<void> {
    const applyRows = this.storage.applyRows.bind(this.storage);
    const stopped = Promise.withResolvers<void>();
    this.storage.applyRows = async (...values) => {
      stopped.resolve(runner.stop());
      return applyRows(...values);
    };
    const runner = this.runner();
    await stopped.promise;
    this.storage.applyRows = applyRows;
  }

  async fetched(importId: string): Promise<ImportRecord> {
    const record = await this.storage.fetchImport(storeId, importId);
    if (record === undefined) throw new Error(`The import ${importId} does not exist.`);
    return record;
  }

  /** Traits of the profiles, keyed by email address. */
  async profiles(): Promise<Map<TraitValue | undefined, Record<string, TraitValue>>> {
    const found = new Map<TraitValue | undefined, Record<string, TraitValue>>();
    for (const id of await this.storage.listProfiles(storeId, "ASC", 10_000)) {
      const profile = await this.storage.fetchProfile(storeId, id);
      if (profile?.kind !== "live") continue;
      const traits = Object.fromEntries(Object.values(profile.traits).flatMap((group) => Object.entries(group)));
      found.set(traits["email"], traits);
    }
    return found;
  }
}
