import type { UpsertCommand } from "../domain/command.ts";
import type { StoreRules } from "../domain/store-rules.ts";
import { giveWay } from "../give-way.ts";
import { type ClaimedImport, type ImportProgress, type Lease, StorageUnavailableError } from "../storage/storage.ts";
import { readBatches, readHeader } from "./csv-rows.ts";
import type { ImportParts } from "./import-parts.ts";
import { mappedColumns } from "./mapped-columns.ts";
import { type RowReading, rowCommand } from "./row-command.ts";
import { UnreadableFileError } from "./unreadable-file-error.ts";

/** With so many rows that are errors an import has failed, though its good rows stay. */
const TOO_MANY_ERRORS = 100;

export interface ImportTask {
  readonly storeId: string;
  readonly rules: StoreRules;
  readonly claimed: ClaimedImport;
  /** Whose lease it is. */
  readonly owner: string;
}

/** One leased import: takes it from where it stopped to its end. */
export class ImportRun {
  readonly #parts: ImportParts;
  readonly #task: ImportTask;
  readonly #place: { readonly storeId: string; readonly importId: string };
  #progress: ImportProgress;

  constructor(parts: ImportParts, task: ImportTask) {
    this.#parts = parts;
    this.#task = task;
    this.#place = { storeId: task.storeId, importId: task.claimed.record.id };
    this.#progress = task.claimed.record.progress;
  }

  /**
   * @param stop ends the run after the batch of rows that is under way
   * @throws {StorageUnavailableError} and whatever else is not the fault of the file; the import is not over then
   */
  async run(stop: AbortSignal): Promise<void> {
    try {
      await this.#run(stop);
    } catch (error) {
      // Any other error may come back at once, so the lease keeps the import out of the way of others for a while.
      if (error instanceof StorageUnavailableError) await this.#release().catch(() => {});
      throw error;
    }
  }

  async #run(stop: AbortSignal): Promise<void> {
    const { uploadId } = this.#task.claimed;
    if (uploadId === undefined) return this.#end("FAILED", "Its file did not come before the upload URL expired");
    this.#parts.report({ kind: "started", ...this.#place, progress: this.#progress });
    try {
      if (!(await this.#applyFile(uploadId, stop))) return;
    } catch (error) {
      if (!(error instanceof UnreadableFileError)) throw error;
      return this.#end("FAILED", error.message);
    }
    const { errors } = this.#progress;
    if (errors < TOO_MANY_ERRORS) return this.#end("COMPLETED");
    return this.#end("FAILED", `${errors} of its rows are errors`);
  }

  /** @returns whether it came to the end of the file */
  async #applyFile(uploadId: string, stop: AbortSignal): Promise<boolean> {
    const { rules, claimed } = this.#task;
    const { ids, accept } = this.#parts;
    const header = await readHeader(this.#read(uploadId, 0));
    const columns = mappedColumns(rules, claimed.record.columnMappings, header.names);
    const reading: RowReading = { rules, columns, width: header.names.length, ids, accept };

    const from = { offset: this.#progress.offset || header.offset, rows: this.#progress.rows };
    for await (const { rows, offset } of readBatches(this.#read(uploadId, from.offset), from)) {
      if (!(await this.#applyBatch(reading, rows, offset))) return this.#interrupted("lost lease");
      if (!stop.aborted) continue;
      await this.#release();
      return this.#interrupted("stop");
    }
    return true;
  }

  /** @returns whether the lease still held */
  async #applyBatch(reading: RowReading, rows: readonly (readonly string[])[], offset: number): Promise<boolean> {
    const commands: UpsertCommand[] = [];
    let { warnings } = this.#progress;
    for (const cells of rows) {
      const row = rowCommand(reading, cells);
      if (row) commands.push(row.command);
      if (row?.isWarning) warnings++;
      await giveWay();
    }
    const progress: ImportProgress = {
      offset,
      rows: this.#progress.rows + rows.length,
      errors: this.#progress.errors + rows.length - commands.length,
      warnings,
    };
    if (!(await this.#parts.storage.applyRows(this.#lease(), commands, progress))) return false;
    this.#progress = progress;
    return true;
  }

  async #end(status: "COMPLETED" | "FAILED", reason?: string): Promise<void> {
    const { storage, uploads, report } = this.#parts;
    const progress = this.#progress;
    if (!(await storage.finishImport(this.#lease(), status, progress))) {
      this.#interrupted("lost lease");
      return;
    }
    report({ kind: "ended", ...this.#place, status, progress, ...(reason !== undefined && { reason }) });
    await uploads.remove(this.#place.storeId, this.#place.importId);
  }

  #interrupted(by: "stop" | "lost lease"): false {
    this.#parts.report({ kind: "interrupted", ...this.#place, by });
    return false;
  }

  #read(uploadId: string, offset: number): AsyncIterable<Uint8Array> {
    return this.#parts.uploads.read(this.#place.storeId, this.#place.importId, uploadId, offset);
  }

  #release(): Promise<void> {
    return this.#parts.storage.releaseImport(this.#lease());
  }

  #lease(): Lease {
    const now = this.#parts.clock.now();
    return { ...this.#place, owner: this.#task.owner, now, until: now + this.#parts.settings.leaseMs };
  }
}
