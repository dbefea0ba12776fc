import { canceled, type ImportState, retried } from "../domain/imports/import-state.ts";
import type { Rows } from "./rows.ts";

/** What became of an import: `unchanged` if its state does not permit the change. */
export type ImportChange =
  | { readonly kind: "changed"; readonly state: ImportState }
  | { readonly kind: "unchanged"; readonly state: ImportState }
  | { readonly kind: "unknown" };

/** Changes imports on behalf of an operator. A process that runs such an import notices it at its next batch of rows. */
export class ImportAdministration {
  readonly #rows: Pick<Rows, "transaction">;

  constructor(rows: Pick<Rows, "transaction">) {
    this.#rows = rows;
  }

  /**
   * Ends an import as FAILED and deletes its uploads that are stored as rows.
   *
   * @param now milliseconds since 1970
   */
  cancel(storeId: string, importId: string, now: number): Promise<ImportChange> {
    return this.#change(storeId, importId, (state) => canceled(state, now));
  }

  /**
   * Makes a PROCESSING import due, as if it had never failed.
   *
   * @param now milliseconds since 1970
   */
  retry(storeId: string, importId: string, now: number): Promise<ImportChange> {
    return this.#change(storeId, importId, (state) => retried(state, now));
  }

  #change(
    storeId: string,
    importId: string,
    change: (state: ImportState) => ImportState | undefined,
  ): Promise<ImportChange> {
    return this.#rows.transaction(async (transaction) => {
      const state = await transaction.lockImport(storeId, importId);
      if (state === undefined) return { kind: "unknown" };
      const changed = change(state);
      if (changed === undefined) return { kind: "unchanged", state };
      await transaction.updateImport(storeId, changed);
      if (changed.job === undefined) await transaction.deleteUploads(storeId, importId);
      return { kind: "changed", state: changed };
    });
  }
}
