import { setImmediate } from "node:timers";
import type { Storage } from "../storage.ts";
import { StorageUnavailableError } from "../storage.ts";

/** A call of the storage, as it goes to its thread. */
export type Call = {
  [Method in keyof Storage]: { id: number; method: Method; values: Parameters<Storage[Method]> };
}[keyof Storage];

/** What became of a call, as it comes back. */
export type Reply = { id: number; value: unknown } | { id: number; failure: Failure };

interface Failure {
  isUnavailable: boolean;
  message: string;
  stack: string | undefined;
  /** Of SQLite, where it is one of its errors. */
  errcode: unknown;
}

export function failureReply(id: number, error: unknown): Reply {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  const { errcode } = Object(error);
  return { id, failure: { isUnavailable: error instanceof StorageUnavailableError, message, stack, errcode } };
}

export function errorOf({ failure }: Extract<Reply, { failure: object }>): Error {
  if (failure.isUnavailable) return new StorageUnavailableError(failure.message);
  const { message, stack, errcode } = failure;
  return Object.assign(new Error(message), { code: errcode }, stack !== undefined && { stack });
}

/** Beyond this many, the other side has better begin. */
const MAX_BUNDLE = 8;

/**
 * Sends what is given in one turn of the event loop in few messages: a message costs more than what it carries.
 */
export function inBundles<T>(send: (items: T[]) => void): (item: T) => void {
  let bundle: T[] = [];
  const flush = () => {
    if (bundle.length === 0) return;
    const items = bundle;
    bundle = [];
    send(items);
  };
  return (item) => {
    const size = bundle.push(item);
    if (size === MAX_BUNDLE) flush();
    else if (size === 1) setImmediate(flush);
  };
}
