import type { Exchange } from "../../http/exchange.ts";
import type { Specification } from "../../linearizability/history.ts";
import {
  EMPTY_STATE,
  type IdentifierOf,
  type Interval,
  type ModelState,
  type Outcome,
  type ProfileModel,
  type TraitChanges,
  valuesOf,
  type Write,
} from "../model/profile-model.ts";

/** What a GET returned. */
export type Seen =
  | { readonly kind: "live"; readonly traits: Readonly<Record<string, unknown>> }
  | { readonly kind: "moved"; readonly id: string }
  | { readonly kind: "missing" };

/** A request for a profile, with what was observed. */
export type ProfileOperation = WithoutExchange & {
  readonly exchange: Exchange;
  /** From its request to its response, even if a write may take effect later. */
  readonly accepted: Interval;
};

export type WithoutExchange =
  | { readonly kind: "create"; readonly traits: TraitChanges; readonly id: string }
  | { readonly kind: "patch"; readonly id: string; readonly traits: TraitChanges; readonly outcome: Outcome["kind"] }
  | { readonly kind: "delete"; readonly id: string; readonly outcome: Outcome["kind"] }
  | { readonly kind: "fetch"; readonly id: string; readonly seen: Seen };

/** @param isDeferred whether a patch may take effect after its response, on the profile that its ID leads to by then */
export function profileHistory(model: ProfileModel, isDeferred: boolean): Specification<ModelState, ProfileOperation> {
  return {
    initial: EMPTY_STATE,
    isRead: ({ kind }) => kind === "fetch",
    keyOf,
    apply: (state, { operation }) => {
      if (operation.kind === "fetch") return isAsSeen(model, state, operation.id, operation.seen) ? [state] : [];
      if (operation.kind === "create") return create(model, state, operation);
      const found = model.find(state, operation.id);
      const isLate = isDeferred && operation.kind === "patch" && operation.outcome === "applied";
      if (isLate && found.kind === "moved") return [state, ...change(model, state, operation, found.id)];
      return found.kind === operation.outcome ? change(model, state, operation, operation.id) : [];
    },
  };
}

/** What an operation shares with others that may influence its result. */
export function keysOf(operation: ProfileOperation, identifierOf: IdentifierOf): string[] {
  if (operation.kind === "fetch" && operation.seen.kind === "moved") return [operation.id, operation.seen.id];
  if (operation.kind === "fetch" || operation.kind === "delete") return [operation.id];
  const identifiers = Object.entries(operation.traits).flatMap(([name, value]) =>
    value === null ? [] : (identifierOf(name, value) ?? []),
  );
  return [operation.id, ...identifiers];
}

export function describeOperation(operation: ProfileOperation): string {
  switch (operation.kind) {
    case "create":
      return `create ${JSON.stringify(operation.traits)} returned ${operation.id}`;
    case "patch":
      return `patch ${operation.id} ${JSON.stringify(operation.traits)}: ${operation.outcome}`;
    case "delete":
      return `delete ${operation.id}: ${operation.outcome}`;
    case "fetch":
      return `fetch ${operation.id} returned ${JSON.stringify(operation.seen)}`;
  }
}

function create(
  model: ProfileModel,
  state: ModelState,
  { id, traits, accepted }: Extract<ProfileOperation, { kind: "create" }>,
): ModelState[] {
  const isNew = model.ownersOf(state, traits).length === 0;
  if (isNew && (state.profiles.has(id) || state.merged.has(id))) return [];
  const results = model.apply(state, { kind: "upsert", newId: id, traits }, accepted);
  return results.filter(({ outcome }) => outcome.kind === "applied" && outcome.id === id).map((result) => result.state);
}

function change(
  model: ProfileModel,
  state: ModelState,
  operation: Extract<ProfileOperation, { kind: "patch" | "delete" }>,
  id: string,
): ModelState[] {
  const write: Write =
    operation.kind === "patch" ? { kind: "patch", id, traits: operation.traits } : { kind: "delete", id };
  return model.apply(state, write, operation.accepted).map((result) => result.state);
}

function isAsSeen(model: ProfileModel, state: ModelState, id: string, seen: Seen): boolean {
  const found = model.find(state, id);
  const profile = state.profiles.get(id);
  if (seen.kind !== "live" || profile === undefined) {
    if (seen.kind === "moved") return found.kind === "moved" && found.id === seen.id;
    return seen.kind === "missing" && found.kind === "missing";
  }
  const values = valuesOf(profile);
  const names = new Set([...Object.keys(values), ...Object.keys(seen.traits)]);
  return [...names].every((name) => values[name] === seen.traits[name]);
}

function keyOf({ profiles, merged }: ModelState): string {
  const live = [...profiles.values()]
    .sort((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ id, traits, identifiers }) => [
      id,
      [...traits].map(([name, { value, when }]) => [name, value, when.start]).sort(),
      [...identifiers].sort(),
    ]);
  return JSON.stringify([live, [...merged].sort()]);
}
