import { describe, expect, it } from "vitest";
import type { Tables } from "../support/tables.ts";
import type { AcceptedRequest } from "./traffic.ts";
import { judge } from "./verdict.ts";

const map = (entries: Readonly<Record<string, string>>) => new Map(Object.entries(entries));
const contact = (traits: Readonly<Record<string, string>>) => new Map([["Contact", map(traits)]]);

/** Two people. The first has a create for each identifier, and a bulk that joins the two. */
const accepted: readonly AcceptedRequest[] = [
  requestOf(1, ["email 1"], { city: "1" }, "mem_profile_1"),
  requestOf(2, ["phone 1"], { city: "2" }, "mem_profile_2"),
  requestOf(3, ["email 1", "phone 1"], {}),
  requestOf(4, ["email 3"], {}, "mem_profile_3"),
];

const owners = { "email 1": "mem_profile_1", "phone 1": "mem_profile_2", "email 3": "mem_profile_3" };
const tables: Tables = {
  profiles: new Set(["mem_profile_1", "mem_profile_3"]),
  redirects: map({ mem_profile_2: "mem_profile_1" }),
  identifiers: map(owners),
  traits: new Map([["mem_profile_1", contact({ city: "2" })]]),
};

describe("the verdict", () => {
  it("finds no fault if the tables match the accepted requests", () => {
    expect(judge(accepted, tables)).toEqual({
      identifiersOnWrongProfile: [],
      lostIds: [],
      survivorsNotOldest: [],
      lostTraits: [],
      survivors: map({
        mem_profile_1: "mem_profile_1",
        mem_profile_2: "mem_profile_1",
        mem_profile_3: "mem_profile_3",
      }),
      people: 2,
      mostIdentifiers: 2,
    });
  });

  it.each<[fault: string, change: Partial<Tables>, expected: object]>([
    ["two profiles that should have merged", { redirects: map({}) }, { identifiersOnWrongProfile: ["phone 1"] }],
    [
      "two profiles that should not have merged",
      { redirects: map({ mem_profile_2: "mem_profile_1", mem_profile_3: "mem_profile_1" }) },
      { identifiersOnWrongProfile: ["email 3"] },
    ],
    [
      "a missing identifier",
      { identifiers: map({}) },
      { identifiersOnWrongProfile: ["email 1", "phone 1", "email 3"] },
    ],
    ["a missing profile", { profiles: new Set(["mem_profile_1"]) }, { identifiersOnWrongProfile: ["email 3"] }],
    [
      "an ID that leads nowhere",
      { redirects: map({}), identifiers: map({ ...owners, "phone 1": "mem_profile_1" }) },
      { lostIds: ["mem_profile_2"], identifiersOnWrongProfile: [] },
    ],
    [
      "a survivor that is not the oldest",
      { redirects: map({ mem_profile_1: "mem_profile_2" }), profiles: new Set(["mem_profile_2", "mem_profile_3"]) },
      { survivorsNotOldest: ["mem_profile_2"] },
    ],
    ["a missing trait", { traits: new Map() }, { lostTraits: ["city of mem_profile_1"] }],
    [
      "an outdated value of a trait",
      { traits: new Map([["mem_profile_1", contact({ city: "1" })]]) },
      { lostTraits: ["city of mem_profile_1"] },
    ],
  ])("finds %s", (_, change, expected) => {
    expect(judge(accepted, { ...tables, ...change })).toMatchObject(expected);
  });
});

function requestOf(
  at: number,
  identifiers: readonly string[],
  traits: Readonly<Record<string, string>>,
  profileId?: AcceptedRequest["profileId"],
): AcceptedRequest {
  const people = [{ identifiers, traits, circle: { ids: [] } }];
  return { startedAt: 10 * at, endedAt: 10 * at + 5, people, ...(profileId && { profileId }) };
}
