import { patterns } from "@memory-api/types";
import { invalidBody } from "../../operations/api-error.ts";
import { isSandboxTime } from "../sandbox-clock.ts";

/**
 * Reads a time.
 *
 * @param pointer JSON pointer of the time
 * @returns milliseconds since 1970
 * @throws {ApiError} 400 if it is not a time of a sandbox, from 1970 to 2199
 */
export function readTime(text: string, pointer: string): number {
  const time = /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) throw invalidBody(`${pointer}: must be a time in UTC, such as 2026-01-01T00:00:00Z`);
  if (!isSandboxTime(time)) throw invalidBody(`${pointer}: must be a time from 1970 to 2199`);
  return time;
}

/** @throws {ApiError} 400 if it is not an ID of this kind */
export function checkId(kind: "ProfileId" | "ImportId", id: string, pointer: string): void {
  const pattern = patterns[kind];
  if (!pattern.test(id)) throw invalidBody(`${pointer}: must match the pattern ${pattern.source}`);
}
