import type { TraitValue } from "@memory-api/types";
import { describe, expect, it } from "vitest";
import { buildPatch, buildUpsert } from "../../src/domain/commands/build-command.ts";
import type { TraitChange } from "../../src/domain/stores/store-rules.ts";
import { rules } from "./store.ts";

/** IDs and times that count up; a time is reserved for each identifier. */
function sources() {
  let [id, time] = [0, 100];
  return {
    ids: { next: (prefix: string) => `${prefix}_${++id}` },
    accept: (ticks: number) => {
      time += ticks;
      return time - ticks;
    },
  };
}

const change = (trait: string, value: TraitValue | null): TraitChange => ({ group: "Contact", trait, value });

describe("an upsert", () => {
  it("has an ID, a time for each identifier, and the identifiers in the order of the changes", () => {
    const { ids, accept } = sources();
    const changes = [change("phone", "(415) 555-0123"), change("city", "Rome"), change("email", "Ada@Example.com")];
    expect(buildUpsert({ ids, accept }, rules, changes)).toEqual({
      kind: "upsert",
      newId: "mem_profile_1",
      acceptedAt: 100,
      changes,
      identifiers: [
        { type: "phone", value: "+14155550123" },
        { type: "email", value: "ada@example.com" },
      ],
    });
    expect(accept(1)).toBe(102);
  });

  it("has an identifier once, even if two traits become it", () => {
    const changes = [change("email", "ada@example.com"), change("otherEmail", "ADA@example.com")];
    expect(buildUpsert(sources(), rules, changes)).toMatchObject({
      identifiers: [{ type: "email", value: "ada@example.com" }],
    });
  });

  it("tells identifiers of different types apart", () => {
    expect(
      buildUpsert(sources(), rules, [change("chat", "7"), { group: "Orders", trait: "customer", value: 7 }]),
    ).toMatchObject({
      identifiers: [
        { type: "chat", value: "7" },
        { type: "customer", value: "7" },
      ],
    });
  });

  it("leaves out traits that cannot be read if another identifies the customer", () => {
    const changes = [change("email", ""), change("phone", "12"), change("chat", "7")];
    expect(buildUpsert(sources(), rules, changes)).toMatchObject({
      changes,
      identifiers: [{ type: "chat", value: "7" }],
    });
  });

  it("is not built without an identifier, and the reasons are named without the values", () => {
    const { ids, accept } = sources();
    const changes = [change("city", "Rome"), change("email", " "), change("phone", "12"), change("chat", null)];
    expect(buildUpsert({ ids, accept }, rules, changes)).toEqual({
      kind: "unidentified",
      unread: [
        { group: "Contact", trait: "email", problem: "is empty" },
        { group: "Contact", trait: "phone", problem: "is not a valid phone number" },
      ],
    });
    expect(ids.next("mem_profile")).toBe("mem_profile_1");
    expect(accept(1)).toBe(100);
  });
});

describe("a patch", () => {
  it("can have no identifier", () => {
    expect(buildPatch(sources(), rules, "p1", [change("city", "Rome")])).toEqual({
      kind: "patch",
      profileId: "p1",
      acceptedAt: 100,
      changes: [change("city", "Rome")],
      identifiers: [],
    });
  });

  it("reserves a time for each identifier", () => {
    const { accept } = sources();
    const changes = [change("email", "a@example.com"), change("chat", "7")];
    expect(buildPatch({ accept }, rules, "p1", changes).identifiers).toHaveLength(2);
    expect(accept(1)).toBe(102);
  });
});

describe("a removal", () => {
  it.each([
    ["email", { type: "email", normalization: "email" }],
    ["chat", { type: "chat", normalization: "trim" }],
  ])("of the promoted trait %s releases its identifier", (trait, releases) => {
    const expected = [{ ...change(trait, null), releases }];
    expect(buildPatch(sources(), rules, "p1", [change(trait, null)]).changes).toEqual(expected);
    const upsert = buildUpsert(sources(), rules, [change("phone", "4155550123"), change(trait, null)]);
    expect(upsert).toMatchObject({ changes: [change("phone", "4155550123"), ...expected] });
  });

  it("of any other trait, or of one that is not declared, releases nothing", () => {
    for (const removed of [
      change("city", null),
      change("nothing", null),
      { group: "No", trait: "email", value: null },
    ]) {
      expect(buildPatch(sources(), rules, "p1", [removed]).changes).toStrictEqual([removed]);
    }
  });
});

describe("an identifier type that the store does not declare", () => {
  it("is normalized by trim", () => {
    const undeclared = { ...rules, identifierTypes: new Map() };
    expect(buildPatch(sources(), undeclared, "p1", [change("email", " Ada "), change("phone", null)])).toMatchObject({
      identifiers: [{ type: "email", value: "Ada" }],
      changes: [{}, { releases: { type: "phone", normalization: "trim" } }],
    });
  });
});
