import type { AttemptContext } from "../connection/client-options.ts";
import type { Connection } from "../connection/connection.ts";
import type { Success } from "../connection/success.ts";
import { told } from "./told.ts";

/** Tells the logger of an attempt, once it has ended. */
export async function logged(
  { options: { logger }, surroundings }: Connection,
  { operationId, pathTemplate, attempt }: AttemptContext,
  work: () => Promise<Success>,
): Promise<Success> {
  if (logger === undefined) return work();
  const start = surroundings.elapsed();
  const fields = () => ({ operationId, pathTemplate, attempt, ms: surroundings.elapsed() - start });
  try {
    const success = await work();
    told(() => logger.debug?.("Memory API: answered", { ...fields(), status: success.status }));
    return success;
  } catch (error) {
    const { name, status, code, requestId } = Object(error);
    told(() => logger.warn?.("Memory API: failed", { ...fields(), error: name, status, code, requestId }));
    throw error;
  }
}
