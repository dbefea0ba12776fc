import type { Logger } from "pino";
import type { ImportEvent } from "../imports/import-event.ts";
import { StorageUnavailableError } from "../storage/storage.ts";

/** Logs what an import did. An error is logged without values: the message of a library may quote its input. */
export function logImport(
  logger: Logger,
  { accountSid: account, storeId: store, importId, ...event }: ImportEvent,
): void {
  if (event.kind === "progressed") return;
  if (event.kind !== "delayed") {
    logger.info({ account, store, import: { importId, ...event } }, `import ${event.kind}`);
    return;
  }
  const { name, code } = Object(event.error);
  const reason = event.error instanceof StorageUnavailableError ? event.error.message : undefined;
  logger.error({ account, store, import: { importId }, error: { name, code, reason } }, "imports delayed");
}
