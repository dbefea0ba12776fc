import type { Logger } from "pino";
import { StorageUnavailableError } from "../storage/storage.ts";
import type { ImportEvent } from "./import-event.ts";

/** Logs what an import did. Of an error only what names no value: the message of a library may quote what it was given. */
export function logImport(logger: Logger, event: ImportEvent): void {
  if (event.kind !== "delayed") {
    logger.info({ import: event }, `import ${event.kind}`);
    return;
  }
  const { error } = event;
  const { name, code } = Object(error);
  const reason = error instanceof StorageUnavailableError ? error.message : undefined;
  logger.error({ error: { name, code, reason } }, "imports delayed");
}
