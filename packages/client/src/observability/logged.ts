import type { AttemptContext } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { Success } from "../connection/send.ts";

/** Tells the logger of an attempt, once it has ended. */
export async function logged(
  { options: { logger }, surroundings }: Connection,
  { operationId, pathTemplate, attempt }: AttemptContext,
  work: () => Promise<Success>,
): Promise<Success> {
  if (logger === undefined) return work();
  const start = surroundings.now();
  const fields = () => ({ operationId, pathTemplate, attempt, ms: surroundings.now() - start });
  try {
    const success = await work();
    logger.debug?.("Memory API: answered", { ...fields(), status: success.status });
    return success;
  } catch (error) {
    const { name, status, code, requestId } = Object(error);
    logger.warn?.("Memory API: failed", { ...fields(), error: name, status, code, requestId });
    throw error;
  }
}
