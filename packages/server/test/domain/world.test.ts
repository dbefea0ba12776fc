import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/command.ts";
import { identifiersOf } from "../../src/domain/identifiers-of.ts";
import type { StoreRules, TraitChange } from "../../src/domain/store-rules.ts";
import { World } from "../../src/domain/world.ts";

const rules: StoreRules = {
  traitGroups: new Map([
    [
      "Contact",
      new Map([
        ["email", { dataType: "STRING", idTypePromotion: "email" }],
        ["phone", { dataType: "STRING", idTypePromotion: "phone" }],
        ["city", { dataType: "STRING" }],
      ]),
    ],
  ]),
  identifierTypes: new Map([
    ["email", { normalization: "email", limit: 2, limitPolicy: "fifo" }],
    ["phone", { normalization: "trim", limit: 1, limitPolicy: "lifo" }],
  ]),
};

/** A world that is empty to begin with, and commands whose IDs and times count up. */
function emptyWorld() {
  const world = new World(rules, [], new Map());
  let count = 0;
  const changesOf = (traits: Record<string, string | null>): TraitChange[] =>
    Object.entries(traits).map(([trait, value]) => ({ group: "Contact", trait, value }));
  const send = (command: Command) => world.apply(command);
  return {
    world,
    create(traits: Record<string, string>) {
      const changes = changesOf(traits);
      count += 10;
      return send({
        kind: "upsert",
        newId: `p${String(count).padStart(4, "0")}`,
        acceptedAt: count,
        changes,
        identifiers: identifiersOf(rules, changes),
      });
    },
    patch(profileId: string, traits: Record<string, string | null>) {
      const changes = changesOf(traits);
      count += 10;
      return send({ kind: "patch", profileId, acceptedAt: count, changes, identifiers: identifiersOf(rules, changes) });
    },
    remove: (profileId: string) => send({ kind: "delete", profileId }),
    traits: (profileId: string) => {
      const groups = world.difference().groups.filter((group) => group.profileId === profileId);
      return Object.fromEntries(groups.flatMap(({ traits }) => [...traits].map(([name, { value }]) => [name, value])));
    },
    identifiers: () =>
      world
        .difference()
        .attached.map(({ type, value, profileId }) => `${type} ${value} → ${profileId}`)
        .sort(),
  };
}

describe("a world of profiles", () => {
  it("creates a profile where nobody has the identifiers, and finds it afterwards", () => {
    const { create, world } = emptyWorld();
    expect(create({ email: "Ada@example.com" })).toEqual({ kind: "applied", id: "p0010" });
    expect(create({ email: "ada@example.com", city: "Rome" })).toEqual({ kind: "applied", id: "p0010" });
    expect(world.difference().created).toHaveLength(1);
  });

  it("merges into the profile created first, and redirects straight to it", () => {
    const { create, world } = emptyWorld();
    create({ email: "a@example.com" });
    create({ email: "b@example.com" });
    create({ phone: "c" });
    // First the two later ones, then all of them.
    create({ email: "b@example.com", phone: "c" });
    expect(create({ email: "a@example.com", phone: "c" })).toEqual({ kind: "applied", id: "p0010" });
    expect(world.difference().redirects).toEqual([
      { from: "p0030", to: "p0010" },
      { from: "p0020", to: "p0010" },
    ]);
  });

  it("keeps of each trait the value written last, and the request's own over all", () => {
    const { create, patch, traits } = emptyWorld();
    create({ email: "a@example.com", city: "Oslo" });
    create({ phone: "c", city: "Rome" });
    create({ email: "a@example.com", phone: "c" });
    expect(traits("p0010")).toEqual({ email: "a@example.com", phone: "c", city: "Rome" });
    patch("p0010", { city: "Bern" });
    expect(traits("p0010")).toMatchObject({ city: "Bern" });
  });

  it("drops the oldest value under fifo, and the newest under lifo", () => {
    const { create, identifiers } = emptyWorld();
    create({ email: "1@example.com", phone: "x" });
    create({ email: "2@example.com", phone: "x" });
    create({ email: "3@example.com", phone: "x" });
    create({ email: "3@example.com", phone: "y" });
    expect(identifiers()).toEqual(["email 2@example.com → p0010", "email 3@example.com → p0010", "phone x → p0010"]);
  });

  it("takes an identifier with the trait that is removed", () => {
    const { create, patch, identifiers, traits } = emptyWorld();
    create({ email: "a@example.com", phone: "x" });
    patch("p0010", { email: null });
    expect(identifiers()).toEqual(["phone x → p0010"]);
    expect(traits("p0010")).toEqual({ phone: "x" });
  });

  it("frees the identifiers of a deleted profile, and forgets who led to it", () => {
    const { create, remove, patch } = emptyWorld();
    create({ email: "a@example.com" });
    create({ phone: "x" });
    create({ email: "a@example.com", phone: "x" });
    expect(patch("p0020", { city: "Rome" })).toEqual({ kind: "moved", id: "p0010" });
    expect(remove("p0010")).toEqual({ kind: "applied", id: "p0010" });
    expect(remove("p0010")).toEqual({ kind: "missing" });
    expect(patch("p0020", { city: "Rome" })).toEqual({ kind: "missing" });
    expect(create({ email: "a@example.com" })).toEqual({ kind: "applied", id: "p0060" });
  });

  it("leaves nothing to write of a profile that came and went", () => {
    const { create, remove, world } = emptyWorld();
    create({ email: "a@example.com" });
    remove("p0010");
    const { created, removed, groups, attached } = world.difference();
    expect({ created, removed, groups, attached }).toEqual({ created: [], removed: [], groups: [], attached: [] });
  });
});
