import { InvalidSnapshotError, StorageUnavailableError, type StorageWrites } from "../storage.ts";

/** A call, as it is sent to the database thread. */
export interface Call {
  readonly id: number;
  readonly method: keyof StorageWrites;
  readonly values: readonly unknown[];
}

/** The result of a call, as it is sent back. */
export type Reply =
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly failure: Failure };

interface Failure {
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  /** Result code, if it is an error of SQLite. */
  readonly errcode: unknown;
}

/** Errors whose class callers check. */
const CLASSES = { StorageUnavailableError, InvalidSnapshotError };

/**
 * Sends the commands in a call as text. Writing and parsing JSON takes two thirds of the time of a structured clone, which copies every
 * property name of every object.
 */
export function packCommands(values: readonly unknown[]): unknown[] {
  return mapBatches(values, (commands) => JSON.stringify(commands));
}

export function unpackCommands(values: readonly unknown[]): unknown[] {
  return mapBatches(values, (commands) => JSON.parse(String(commands)));
}

/** A value is a batch, a list of batches, or neither. */
function mapBatches(values: readonly unknown[], change: (commands: unknown) => unknown): unknown[] {
  return values.map((value) => {
    if (Array.isArray(value)) return mapBatches(value, change);
    const isBatch = typeof value === "object" && value !== null && "commands" in value;
    return isBatch ? { ...value, commands: change(value.commands) } : value;
  });
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
