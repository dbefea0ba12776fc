import type { HistoryEntry, Specification, Verdict } from "./history.ts";

/** States that a search visits before it stops. */
const MAX_STATES = 100_000;
/** The same, for each attempt to remove an operation. */
const MAX_WITNESS_STATES = 3_000;

interface SearchEntry<Operation> extends HistoryEntry<Operation> {
  /** Whether it need not have had an effect. */
  readonly isOptional?: boolean;
}

interface Step<State> {
  readonly state: State;
  /** Indices of the operations that were applied. */
  readonly applied: bigint;
}

/**
 * Whether the operations could have had their effects one after the other, each one between its start and its end, with what was
 * observed (Wing and Gong, "Testing and Verifying Concurrent Objects", 1993). A set of applied operations is visited once for each state
 * (Lowe, "Testing for Linearizability", 2017).
 *
 * @param options.maxStates states to visit before the verdict is `unknown`
 */
export function checkHistory<State, Operation>(
  history: readonly SearchEntry<Operation>[],
  specification: Specification<State, Operation>,
  { maxStates = MAX_STATES }: { readonly maxStates?: number } = {},
): Verdict {
  const entries = [...history].sort((one, other) => one.start - other.start);
  const required = entries.reduce((mask, { isOptional }, at) => (isOptional ? mask : mask | (1n << BigInt(at))), 0n);
  const visited = new Set<string>();
  const open: Step<State>[] = [{ state: specification.initial, applied: 0n }];
  for (let step = open.pop(); step !== undefined; step = open.pop()) {
    if ((step.applied & required) === required) return "linearizable";
    if (visited.size >= maxStates) return "unknown";
    let next: Step<State>[] = [];
    for (const at of candidates(entries, step.applied)) {
      const entry = entries[at];
      if (entry === undefined) continue;
      const applied = step.applied | (1n << BigInt(at));
      const states = specification.apply(step.state, entry);
      // A read that is possible now need not be tried later.
      if (states.length > 0 && specification.isRead(entry.operation)) {
        next = [{ state: step.state, applied }];
        break;
      }
      for (const state of states) {
        const key = `${applied.toString(36)} ${specification.keyOf(state)}`;
        if (visited.has(key)) continue;
        visited.add(key);
        next.push({ state, applied });
      }
    }
    // The operation that was sent first is tried first.
    open.push(...next.reverse());
  }
  return "not linearizable";
}

/** The operations that can be next: none of the required others ended before they began. */
function candidates<Operation>(entries: readonly SearchEntry<Operation>[], applied: bigint): number[] {
  const isApplied = (at: number) => (applied & (1n << BigInt(at))) !== 0n;
  let firstEnd = Number.POSITIVE_INFINITY;
  for (const [at, { end, isOptional }] of entries.entries()) {
    if (!isApplied(at) && isOptional !== true) firstEnd = Math.min(firstEnd, end);
  }
  // Only an optional operation can have ended before one that was applied began.
  const lastStart = entries.findLast((_, at) => isApplied(at))?.start ?? Number.NEGATIVE_INFINITY;
  const found: number[] = [];
  for (const [at, { start, end }] of entries.entries()) {
    if (start > firstEnd) break;
    if (!isApplied(at) && end >= lastStart) found.push(at);
  }
  return found;
}

/**
 * Removes operations from a history that is not linearizable, one after the other, as long as the rest still is not, whether or not the
 * removed ones had an effect. Nothing that they could have written explains the rest.
 *
 * @returns the rest, in the order of the start
 */
export function smallestWitness<State, Operation>(
  history: readonly HistoryEntry<Operation>[],
  specification: Specification<State, Operation>,
  { maxStates = MAX_WITNESS_STATES }: { readonly maxStates?: number } = {},
): HistoryEntry<Operation>[] {
  let entries: SearchEntry<Operation>[] = [...history].sort((one, other) => one.start - other.start);
  // The last ones first: what the others wrote may be needed by them.
  for (const entry of [...entries].reverse()) {
    const fewer = entries.map((each) => (each === entry ? { ...each, isOptional: true } : each));
    if (checkHistory(fewer, specification, { maxStates }) === "not linearizable") entries = fewer;
  }
  return entries
    .filter(({ isOptional }) => isOptional !== true)
    .map(({ operation, start, end }) => ({ operation, start, end }));
}
