/**
 * The parts of a transaction: until it begins, including the wait for a connection; until its rows are locked, including the wait for locks;
 * reading, writing, and committing. Only a transaction that applies commands locks, reads and writes.
 */
export const TRANSACTION_STEPS = ["begin", "lock", "read", "write", "commit"] as const;

export type TransactionStep = (typeof TRANSACTION_STEPS)[number];

/** The time that each step took, in seconds. */
export type StepSeconds = Readonly<Partial<Record<TransactionStep, number>>>;

/** Why a database ended a transaction in favor of another one. */
export const RETRY_REASONS = ["serialization", "deadlock", "lock"] as const;

export type RetryReason = (typeof RETRY_REASONS)[number];

/** Receives what a storage does. Its methods do not throw. */
export interface StorageObserver {
  /** A transaction was committed. Steps that it repeated after a conflict are summed. */
  committed(seconds: StepSeconds): void;
  /** A transaction or a statement is run again after a conflict. */
  retried(reason: RetryReason): void;
}

/** The connections of a process to its database. */
export interface ConnectionReport {
  readonly used: number;
  readonly idle: number;
  /** Calls that wait for a connection. */
  readonly waiting: number;
  /** Maximum number of connections. */
  readonly limit: number;
}

/** Forwards to an observer that is set later, because a storage is opened before anything observes it. */
export class LateObserver implements StorageObserver {
  #target: StorageObserver | undefined;

  forwardTo(target: StorageObserver): void {
    this.#target = target;
  }

  committed(seconds: StepSeconds): void {
    this.#target?.committed(seconds);
  }

  retried(reason: RetryReason): void {
    this.#target?.retried(reason);
  }
}
