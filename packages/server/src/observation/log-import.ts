import type { Logger } from "pino";
import type { ImportEvent } from "../imports/import-event.ts";
import { StorageUnavailableError } from "../storage/storage.ts";

/** Logs what an import did. An error is logged without values: the message of a library may quote its input. */
export function logImport(logger: Logger, event: ImportEvent): void {
  if (event.kind !== "delayed") {
    logger.info({ import: event }, `import ${event.kind}`);
    return;
  }
  const { error, storeId, importId } = event;
  const { name, code } = Object(error);
  const reason = error instanceof StorageUnavailableError ? error.message : undefined;
  logger.error({ import: { storeId, importId }, error: { name, code, reason } }, "imports delayed");
}
