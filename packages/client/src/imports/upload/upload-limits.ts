import type { Connection } from "../../connection/connection.ts";
import { timeLimits } from "../../resilience/with-retries.ts";

/** An attempt may take one second longer for this many bytes. */
const BYTES_PER_SECOND = 64 * 1024;
/** How long an upload URL is valid, in milliseconds. */
const URL_VALID_MS = 1_800_000;

/**
 * Returns the time limits of an upload in milliseconds.
 *
 * @param size bytes
 */
export function uploadLimits(connection: Connection, size: number) {
  const { timeout } = timeLimits(connection, {});
  return { timeout: timeout + (size / BYTES_PER_SECOND) * 1000, deadline: URL_VALID_MS };
}
