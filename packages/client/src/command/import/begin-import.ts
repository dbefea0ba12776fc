import type { ImportJob } from "../../imports/import-job.ts";
import { resumeImport } from "../../imports/resume-import.ts";
import { runImport } from "../../imports/run-import.ts";
import { checkedId } from "../arguments/checked-id.ts";
import { mappedColumns } from "../arguments/mapped-columns.ts";
import { onePositional } from "../arguments/one-positional.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { OpenedStore } from "../store/open-store.ts";

/** What was typed for an import. */
export interface ImportValues {
  readonly map?: readonly string[] | undefined;
  readonly resume?: string | undefined;
}

/**
 * Begins an import, or to wait for one.
 *
 * @throws {UsageError} before anything is sent
 */
export function beginImport(
  { connection, storeId }: OpenedStore,
  positionals: readonly string[],
  { map, resume }: ImportValues,
  signal: AbortSignal,
): ImportJob {
  if (resume === undefined) {
    const file = onePositional(positionals, "memory import <file.csv> --map column=Group.trait");
    return runImport(connection, storeId, file, { mapping: mappedColumns(map), signal });
  }
  if (positionals.length > 0 || map !== undefined) {
    throw new UsageError("--resume waits for an import that has its file: leave the file and --map out.");
  }
  return resumeImport(connection, storeId, checkedId("ImportId", resume, "--resume"), { signal });
}
