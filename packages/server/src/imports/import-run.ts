import { isDeepStrictEqual } from "node:util";
import type { UpsertCommand } from "../domain/commands/command.ts";
import type { ImportProgress, Lease } from "../domain/imports/import-state.ts";
import type { Store } from "../domain/stores/store-directory.ts";
import { type ClaimedImport, StorageUnavailableError } from "../storage/storage.ts";
import { UploadMissingError } from "../storage/uploads/upload-storage.ts";
import { type RowBatch, readBatches, readHeader } from "./csv-rows.ts";
import type { ImportDependencies } from "./import-dependencies.ts";
import type { ImportEvent } from "./import-event.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { type RowReading, rowCommand } from "./row-command.ts";
import { UnreadableFileError } from "./unreadable-file-error.ts";
import { isYieldDue, yieldToEventLoop } from "./yield-to-event-loop.ts";

/** An import with this many rows in error fails. Its valid rows are kept. */
const TOO_MANY_ERRORS = 100;

/** Attempts without progress before an import fails. */
export const MAX_ATTEMPTS = 10;

export interface ImportTask {
  readonly store: Store;
  readonly claimed: ClaimedImport;
  /** The owner of the lease. */
  readonly owner: string;
}

interface CommandBatch {
  readonly commands: readonly UpsertCommand[];
  /** The progress of the import once they are applied. */
  readonly progress: ImportProgress;
}

/** One leased import: continues it from where it stopped to its end. */
export class ImportRun {
  readonly #dependencies: ImportDependencies;
  readonly #task: ImportTask;
  readonly #place: { readonly accountSid: string; readonly storeId: string; readonly importId: string };
  #progress: ImportProgress;

  constructor(dependencies: ImportDependencies, task: ImportTask) {
    this.#dependencies = dependencies;
    this.#task = task;
    const { id: storeId, accountSid } = task.store;
    this.#place = { accountSid, storeId, importId: task.claimed.record.id };
    this.#progress = task.claimed.record.progress;
  }

  /**
   * @param stop ends the run after the current batch of rows
   * @throws {StorageUnavailableError} and any other error that the file did not cause; the import then continues later
   */
  async run(stop: AbortSignal): Promise<void> {
    try {
      await this.#run(stop);
    } catch (error) {
      // Any other error may occur again at once, so the lease delays the next attempt and lets other imports run first.
      if (error instanceof StorageUnavailableError) await this.#release().catch(() => {});
      throw error;
    }
  }

  async #run(stop: AbortSignal): Promise<void> {
    const { record, attempts } = this.#task.claimed;
    const { uploadId } = record;
    if (uploadId === undefined) return this.#end("FAILED", "Its file was not uploaded before the upload URL expired");
    if (attempts > MAX_ATTEMPTS) return this.#end("FAILED", `It failed ${MAX_ATTEMPTS} times without progress`);
    this.#dependencies.report({ kind: "started", ...this.#place, progress: this.#progress });
    try {
      if (!(await this.#applyFile(uploadId, stop))) return;
    } catch (error) {
      if (!(error instanceof UnreadableFileError || error instanceof UploadMissingError)) throw error;
      return this.#end("FAILED", error.message);
    }
    const { errors } = this.#progress;
    if (errors < TOO_MANY_ERRORS) return this.#end("COMPLETED");
    return this.#end("FAILED", `${errors} of its rows are errors`);
  }

  /** @returns whether it reached the end of the file */
  async #applyFile(uploadId: string, stop: AbortSignal): Promise<boolean> {
    const { store, claimed } = this.#task;
    const { rules } = store;
    const { ids, accept } = this.#dependencies;
    const header = await readHeader(this.#read(uploadId, 0));
    const columns = mappedColumns(rules, claimed.record.columnMappings, header.names);
    const reading: RowReading = { rules, columns, width: header.names.length, ids, accept };

    const from = { offset: this.#progress.offset || header.offset, rows: this.#progress.rows };
    const batches = this.#commandsOf(reading, readBatches(this.#read(uploadId, from.offset), from));
    try {
      for (let next = batches.next(); ; ) {
        const { value: batch, done } = await next;
        if (done) return true;
        if (!(await this.#hasCurrentStore())) {
          await this.#release();
          return this.#interrupted("changed store");
        }
        // Read while this batch is applied. If that fails, the error is thrown in the next turn.
        next = batches.next();
        next.catch(() => {});
        if (!(await this.#apply(batch))) return this.#interrupted("lost lease");
        if (!stop.aborted) continue;
        await this.#release();
        return this.#interrupted("stop");
      }
    } finally {
      await batches.return();
    }
  }

  async *#commandsOf(reading: RowReading, batches: AsyncIterable<RowBatch>): AsyncGenerator<CommandBatch, void, void> {
    let { rows: rowCount, errors, warnings } = this.#progress;
    for await (const { rows, offset } of batches) {
      const commands: UpsertCommand[] = [];
      for (const cells of rows) {
        const row = rowCommand(reading, cells);
        if (row) commands.push(row.command);
        if (row?.isWarning) warnings++;
        if (isYieldDue()) await yieldToEventLoop();
      }
      rowCount += rows.length;
      errors += rows.length - commands.length;
      yield { commands, progress: { offset, rows: rowCount, errors, warnings } };
    }
  }

  /** @returns whether the lease was still held */
  async #apply({ commands, progress }: CommandBatch): Promise<boolean> {
    const { identifierTypes } = this.#task.store.rules;
    if (!(await this.#dependencies.storage.applyRows(this.#lease(), { identifierTypes, commands }, progress)))
      return false;
    const rows = progress.rows - this.#progress.rows;
    const errors = progress.errors - this.#progress.errors;
    this.#dependencies.report({ kind: "progressed", ...this.#place, rows, errors });
    this.#progress = progress;
    return true;
  }

  async #end(status: "COMPLETED" | "FAILED", reason?: string): Promise<void> {
    const { storage, uploads, report } = this.#dependencies;
    const progress = this.#progress;
    if (!(await storage.finishImport(this.#lease(), status, progress))) {
      this.#interrupted("lost lease");
      return;
    }
    report({ kind: "ended", ...this.#place, status, progress, ...(reason !== undefined && { reason }) });
    await uploads.remove(this.#place.storeId, this.#place.importId);
  }

  /** Whether the rules by which the rows were read still apply. If they do not, the import continues with those that do. */
  async #hasCurrentStore(): Promise<boolean> {
    const { store } = this.#task;
    const current = await this.#dependencies.stores.find(store.id);
    return current === store || isDeepStrictEqual(current, store);
  }

  #interrupted(by: Extract<ImportEvent, { kind: "interrupted" }>["by"]): false {
    this.#dependencies.report({ kind: "interrupted", ...this.#place, by });
    return false;
  }

  #read(uploadId: string, offset: number): AsyncIterable<Uint8Array> {
    return this.#dependencies.uploads.read(this.#place.storeId, this.#place.importId, uploadId, offset);
  }

  #release(): Promise<void> {
    return this.#dependencies.storage.releaseImport(this.#lease());
  }

  #lease(): Lease {
    const now = this.#dependencies.clock.now();
    const { storeId, importId } = this.#place;
    return { storeId, importId, owner: this.#task.owner, now, until: now + this.#dependencies.settings.leaseMs };
  }
}
