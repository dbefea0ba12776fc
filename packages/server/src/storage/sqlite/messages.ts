import { InvalidSnapshotError, StorageUnavailableError, type StorageWrites } from "../storage.ts";

/** A call of the storage, as it is sent to its thread. */
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
  /** Of SQLite, if it is one of its errors. */
  readonly errcode: unknown;
}

/** Errors that callers tell apart. */
const CLASSES = { StorageUnavailableError, InvalidSnapshotError };

export function failureReply(id: number, error: unknown): Reply {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { id, failure: { name, message, stack, errcode: Object(error).errcode } };
}

export function errorOf({ failure }: Extract<Reply, { failure: object }>): Error {
  const { name, message, stack, errcode } = failure;
  if (name in CLASSES) return new CLASSES[name as keyof typeof CLASSES](message);
  return Object.assign(new Error(message), { code: errcode }, stack !== undefined && { stack });
}
