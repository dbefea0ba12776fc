import { describe, expect, it } from "vitest";
import {
  EMPTY_STATE,
  type Interval,
  type ModelState,
  ProfileModel,
  type TraitChanges,
  valuesOf,
  type Write,
} from "../src/phases/model/profile-model.ts";

const model = new ProfileModel((name, value) =>
  name === "city" || value === "" ? undefined : `${name} ${value.toLowerCase()}`,
);

/** Applies writes one after the other, or at the given times, in every way that is possible. */
function after(...writes: readonly (readonly [Write, Interval?])[]): ModelState[] {
  let states: ModelState[] = [EMPTY_STATE];
  for (const [at, [write, when = { start: at * 10, end: at * 10 + 1 }]] of writes.entries()) {
    states = states.flatMap((state) => model.apply(state, write, when).map((applied) => applied.state));
  }
  return states;
}

const upsert = (newId: string, traits: TraitChanges): Write => ({ kind: "upsert", newId, traits });
const patch = (id: string, traits: TraitChanges): Write => ({ kind: "patch", id, traits });

function describeStates(states: readonly ModelState[]) {
  return states.map(({ profiles }) => [...profiles.values()].map((profile) => [profile.id, valuesOf(profile)]));
}

describe("ProfileModel", () => {
  it("creates a profile for identifiers that nobody has, and finds it again", () => {
    const states = after([upsert("a", { email: "A" })], [upsert("b", { email: "a", city: "new" })]);
    expect(describeStates(states)).toEqual([[["a", { email: "a", city: "new" }]]]);
  });

  it("merges into the profile that was created first, with the last value of each trait", () => {
    const states = after(
      [upsert("b", { email: "b", city: "1" })],
      [upsert("a", { email: "a", city: "2" })],
      [patch("b", { city: null })],
      [upsert("c", { email: "a", phone: "1" })],
      [patch("a", { email: "b" })],
    );
    expect(describeStates(states)).toEqual([[["b", { email: "b", phone: "1" }]]]);
    const [state = EMPTY_STATE] = states;
    expect(model.find(state, "a")).toEqual({ kind: "moved", id: "b" });
    expect(model.ownersOf(state, { email: "A" })).toHaveLength(1);
  });

  it("detaches only the identifier of the removed value", () => {
    const [state = EMPTY_STATE] = after(
      [upsert("a", { email: "1" })],
      [patch("a", { email: "2" })],
      [patch("a", { email: null })],
    );
    expect([...(state.profiles.get("a")?.identifiers ?? [])]).toEqual(["email 1"]);
  });

  it("frees the identifiers of a deleted profile, and ends its redirects", () => {
    const [state = EMPTY_STATE] = after(
      [upsert("a", { email: "1" })],
      [upsert("b", { phone: "2" })],
      [upsert("c", { email: "1", phone: "2" })],
      [{ kind: "delete", id: "a" }],
    );
    expect(model.find(state, "b")).toEqual({ kind: "missing" });
    expect(model.ownersOf(state, { email: "1", phone: "2" })).toEqual([]);
    expect(model.apply(state, { kind: "delete", id: "a" }, { start: 9, end: 9 })).toEqual([
      { state, outcome: { kind: "missing" } },
    ]);
  });

  it("returns every result if writes overlap that then meet in a merge", () => {
    const together = { start: 0, end: 5 };
    const states = after(
      [upsert("a", { email: "1", city: "a" }), together],
      [upsert("b", { phone: "2", city: "b" }), together],
      [upsert("c", { email: "1", phone: "2" })],
    );
    expect(describeStates(states)).toEqual([
      [["a", { email: "1", phone: "2", city: "a" }]],
      [["a", { email: "1", phone: "2", city: "b" }]],
      [["b", { email: "1", phone: "2", city: "a" }]],
      [["b", { email: "1", phone: "2", city: "b" }]],
    ]);
  });
});
