import { describe, expect, it } from "vitest";
import { checkHistory } from "../src/linearizability/check-history.ts";
import type { HistoryEntry } from "../src/linearizability/history.ts";
import {
  type ProfileOperation,
  profileHistory,
  type WithoutExchange,
} from "../src/phases/concurrency/profile-history.ts";
import { ProfileModel } from "../src/phases/model/profile-model.ts";

const model = new ProfileModel((name, value) => (name === "city" ? undefined : `${name} ${value}`));
const exchange: ProfileOperation["exchange"] = {
  request: { method: "GET", url: "http://localhost/", headers: {} },
  response: { status: 200, headers: {}, body: new Uint8Array() },
  ms: 0,
};

function entry(operation: WithoutExchange, start: number, end: number, latest = end): HistoryEntry<ProfileOperation> {
  return { operation: { ...operation, exchange, accepted: { start, end } }, start, end: latest };
}

const create = (id: string, traits: Record<string, string>, start: number, end: number) =>
  entry({ kind: "create", id, traits }, start, end);
const sees = (id: string, city: string, start: number) =>
  entry({ kind: "fetch", id, seen: { kind: "live", traits: { email: "1", city } } }, start, start + 1);

function verdict(entries: readonly HistoryEntry<ProfileOperation>[], isDeferred = false) {
  return checkHistory(entries, profileHistory(model, isDeferred));
}

describe("a history of profiles", () => {
  it("has an order if simultaneous creates of an identifier return one ID", () => {
    expect(verdict([create("a", { email: "1" }, 0, 9), create("a", { email: "1" }, 1, 8)])).toBe("linearizable");
  });

  it("has none if they return two IDs", () => {
    expect(verdict([create("a", { email: "1" }, 0, 9), create("b", { email: "1" }, 1, 8)])).toBe("not linearizable");
  });

  it("has none if a value is read before and after, but not between", () => {
    const writes = [create("a", { email: "1", city: "x" }, 0, 1), create("a", { email: "1", city: "y" }, 2, 9)];
    expect(verdict([...writes, sees("a", "x", 3), sees("a", "y", 5)])).toBe("linearizable");
    expect(verdict([...writes, sees("a", "y", 3), sees("a", "x", 5)])).toBe("not linearizable");
  });

  it("has none if a PATCH of a merged ID is accepted, unless it was accepted before", () => {
    const merge = [
      create("a", { email: "1" }, 0, 1),
      create("b", { phone: "2" }, 2, 3),
      create("a", { email: "1", phone: "2" }, 4, 5),
    ];
    const patch: WithoutExchange = { kind: "patch", id: "b", traits: { city: "x" }, outcome: "applied" };
    expect(verdict([...merge, entry(patch, 6, 7)])).toBe("not linearizable");
    expect(verdict([...merge, entry(patch, 3, 7)])).toBe("linearizable");
    expect(verdict([...merge, entry({ ...patch, outcome: "moved" }, 6, 7)])).toBe("linearizable");
    // It may take effect later, on the canonical profile or on none.
    expect(verdict([...merge, entry(patch, 6, 7, 99)], true)).toBe("linearizable");
  });

  it("has none if a profile is read after its deletion", () => {
    const writes = [
      create("a", { email: "1", city: "x" }, 0, 1),
      entry({ kind: "delete", id: "a", outcome: "applied" }, 2, 3),
    ];
    expect(verdict([...writes, sees("a", "x", 4)])).toBe("not linearizable");
    expect(verdict([...writes, entry({ kind: "fetch", id: "a", seen: { kind: "missing" } }, 4, 5)])).toBe(
      "linearizable",
    );
  });
});
