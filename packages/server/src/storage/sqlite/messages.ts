import { InvalidSnapshotError, StorageUnavailableError, type StorageWrites } from "../storage.ts";
import type { StepSeconds } from "../storage-observer.ts";
import { decodeCommands, encodeCommands } from "./command-text.ts";

/** A call, as it is sent to the database thread. */
export interface Call {
  readonly id: number;
  readonly method: keyof StorageWrites;
  readonly values: readonly unknown[];
}

/** The result of a call, as it is sent back: plain data as JSON, for the same reason as commands. */
export type Reply = {
  readonly id: number /** What was committed since the last reply. */;
  readonly committed?: readonly StepSeconds[];
} & ({ readonly result: string | undefined } | { readonly failure: Failure });

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Result code, if it is an error of SQLite. */
  readonly errcode: unknown;
}

/** Errors whose class callers check. */
const CLASSES = { StorageUnavailableError, InvalidSnapshotError };

/** Replaces the commands in the values of a call by a text. */
export function packCommands(values: readonly unknown[]): unknown[] {
  return mapBatches(values, (commands) => (Array.isArray(commands) ? encodeCommands(commands) : commands));
}

export function unpackCommands(values: readonly unknown[]): unknown[] {
  return mapBatches(values, (commands) => decodeCommands(String(commands)));
}

/** A value is a batch, a list of batches, or neither. */
function mapBatches(values: readonly unknown[], change: (commands: unknown) => unknown): unknown[] {
  return values.map((value) => {
    if (Array.isArray(value)) return mapBatches(value, change);
    const isBatch = typeof value === "object" && value !== null && "commands" in value;
    return isBatch ? { ...value, commands: change(value.commands) } : value;
  });
}

export function resultReply(id: number, value: unknown): Reply {
  return { id, result: JSON.stringify(value) };
}

/** The value that a call returned. */
export function resultOf({ result }: Extract<Reply, { result: unknown }>): unknown {
  return result === undefined ? undefined : JSON.parse(result);
}

export function failureReply(id: number, error: unknown): Reply {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { id, failure: { name, message, stack, errcode: Object(error).errcode } };
}

export function errorOf({ failure }: Extract<Reply, { failure: object }>): Error {
  const { name, message, stack, errcode } = failure;
  if (name in CLASSES) return new CLASSES[name as keyof typeof CLASSES](message);
  return Object.assign(new Error(message), { code: errcode }, stack !== undefined && { stack });
}
