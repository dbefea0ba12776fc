/** An operation of a concurrent history, with what was observed. */
export interface HistoryEntry<Operation> {
  readonly operation: Operation;
  /** When it was sent. It has no effect before. */
  readonly start: number;
  /** When it has had its effect at the latest: usually when its response arrived. */
  readonly end: number;
}

/** What a sequence of operations must lead to. */
export interface Specification<State, Operation> {
  readonly initial: State;
  /** @returns the states that the operation may lead to; none if what was observed is impossible in this state */
  readonly apply: (state: State, entry: HistoryEntry<Operation>) => readonly State[];
  /** Whether the operation never changes the state. */
  readonly isRead: (operation: Operation) => boolean;
  /** The same text for equal states. */
  readonly keyOf: (state: State) => string;
}

/** `unknown`: the search was stopped. */
export type Verdict = "linearizable" | "not linearizable" | "unknown";
