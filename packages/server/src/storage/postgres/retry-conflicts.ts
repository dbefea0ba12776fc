import { setTimeout as delay } from "node:timers/promises";
import { StorageBusyError } from "../storage.ts";
import { StatementRefusedError } from "./postgres-error.ts";

const ATTEMPTS = 20;
const FIRST_DELAY_MS = 4;
const MAX_DELAY_MS = 200;
const CONFLICTS = new Set(["40001", "40P01", "55P03"]);

/**
 * Runs a transaction again, after a while that chance decides, when the database ended it for the sake of another one.
 *
 * @throws {StorageBusyError} if it loses every time
 */
export async function retryConflicts<Result>(transaction: () => Promise<Result>): Promise<Result> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (!(error instanceof StatementRefusedError && CONFLICTS.has(error.code))) throw error;
    }
    await delay(Math.random() * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** attempt));
  }
  throw new StorageBusyError(`PostgreSQL ended a transaction ${ATTEMPTS} times in favour of others`);
}
