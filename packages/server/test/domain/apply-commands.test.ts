import { describe, expect, it } from "vitest";
import type { Command } from "../../src/domain/commands/command.ts";
import { applyCommands } from "../../src/domain/profiles/apply-commands.ts";
import { identifierKey } from "../../src/domain/stores/store-rules.ts";
import { RowsInMemory } from "./rows-in-memory.ts";
import { applyInBatches, deletion, patch, rules, upsert } from "./store.ts";

const applied = (id: string) => ({ kind: "applied", id });
const moved = (id: string) => ({ kind: "moved", id });
const missing = { kind: "missing" };

describe.each([
  ["in one batch", 1000],
  ["one at a time", 1],
])("commands %s", (_how, batchSize) => {
  async function apply(...commands: Command[]) {
    const rows = new RowsInMemory();
    return { rows, outcomes: await applyInBatches(rows, commands, batchSize) };
  }

  describe("an upsert", () => {
    it("creates a profile if none has its identifiers", async () => {
      const { rows, outcomes } = await apply(upsert("p1", 1_999, { email: "Ada@example.com", customer: 7 }));
      expect(outcomes).toEqual([applied("p1")]);
      expect([...rows.profiles.values()]).toEqual([{ id: "p1", createdAt: 1, holders: [] }]);
      expect(rows.traitsOf("p1")).toEqual({ email: "Ada@example.com", customer: 7 });
      expect([...rows.identifiers.values()]).toEqual([
        { type: "email", value: "ada@example.com", holder: "p1", addedAt: 1_999 },
        { type: "customer", value: "7", holder: "p1", addedAt: 2_000 },
      ]);
      expect(rows.nodes.size).toBe(0);
    });

    it("finds the profile that has one of them, and adds its own identifiers and traits", async () => {
      const { rows, outcomes } = await apply(
        upsert("p1", 10, { email: "a@example.com", city: "Oslo" }),
        upsert("p2", 20, { email: "A@example.com", phone: "415 555 0123", city: "Rome", tags: ["vip"] }),
      );
      expect(outcomes).toEqual([applied("p1"), applied("p1")]);
      expect([...rows.profiles.keys()]).toEqual(["p1"]);
      expect(rows.traitsOf("p1")).toEqual({
        ...{ email: "A@example.com", phone: "415 555 0123", city: "Rome", tags: ["vip"] },
      });
      expect([...rows.identifiers.values()]).toEqual([
        { type: "email", value: "a@example.com", holder: "p1", addedAt: 10 },
        { type: "phone", value: "+14155550123", holder: "p1", addedAt: 21 },
      ]);
    });
  });

  describe("a merge", () => {
    const three = [
      upsert("p1", 10, { email: "a@example.com" }),
      upsert("p2", 20, { email: "b@example.com" }),
      upsert("p3", 30, { phone: "4155550123" }),
    ];

    it("keeps the profile that was created first, and redirects all others to it", async () => {
      const { rows, outcomes } = await apply(
        ...three,
        upsert("p4", 40, { email: "b@example.com", phone: "4155550123" }),
        upsert("p5", 50, { email: "a@example.com", phone: "4155550123" }),
        patch("p3", 60, { city: "Rome" }),
        deletion("p2"),
        patch("p4", 60, { city: "Rome" }),
      );
      expect(outcomes.slice(3)).toEqual([applied("p2"), applied("p1"), moved("p1"), moved("p1"), missing]);
      expect([...rows.profiles.keys()]).toEqual(["p1"]);
      expect(rows.identifiersOf("p1")).toEqual(["email a@example.com", "email b@example.com", "phone +14155550123"]);
      expect(rows.traitsOf("p1")).toEqual({ email: "a@example.com", phone: "4155550123" });
    });

    it("takes the tree of the larger side as the root, whichever side survives", async () => {
      const { rows } = await apply(
        ...three,
        patch("p2", 40, { phone: "4155550123" }),
        patch("p1", 50, { email: "b@example.com" }),
        upsert("p6", 60, { email: "c@example.com" }),
        patch("p6", 70, { phone: "4155550123" }),
      );
      expect(Object.fromEntries(rows.nodes)).toEqual({
        p1: { id: "p1", parentId: "p2" },
        p2: { id: "p2", size: 4, canonicalId: "p1" },
        p3: { id: "p3", parentId: "p2" },
        p6: { id: "p6", parentId: "p2" },
      });
    });

    it("leaves identifiers under the ID that they were attached to", async () => {
      const { rows } = await apply(...three, patch("p2", 40, { phone: "4155550123", email: "c@example.com" }));
      expect([...rows.identifiers.values()].map(({ value, holder }) => `${value} ${holder}`).sort()).toEqual([
        "+14155550123 p3",
        "a@example.com p1",
        "b@example.com p2",
        "c@example.com p2",
      ]);
      expect([...rows.profiles.values()]).toEqual([
        { id: "p1", createdAt: 0, holders: [] },
        { id: "p2", createdAt: 0, holders: ["p3"] },
      ]);
    });

    it("happens at a patch with an identifier of another profile, and can move the patched one", async () => {
      const { rows, outcomes } = await apply(...three, patch("p2", 40, { email: "a@example.com", city: "Rome" }));
      expect(outcomes[3]).toEqual(applied("p1"));
      expect(rows.traitsOf("p1")).toEqual({ email: "a@example.com", city: "Rome" });
      expect(rows.canonicalId("p2")).toBe("p1");
    });

    it("keeps the trait written last, and the values of the request over all others", async () => {
      const { rows } = await apply(
        upsert("p1", 30, { email: "a@example.com", city: "Oslo", tags: ["one"] }),
        upsert("p2", 20, { email: "b@example.com", city: "Rome", tags: ["two"], phone: "4155550123" }),
        upsert("p3", 10, { email: "a@example.com", otherEmail: "b@example.com", tags: ["three"] }),
      );
      expect(rows.traitsOf("p1")).toEqual({
        ...{ email: "a@example.com", otherEmail: "b@example.com", city: "Oslo", tags: ["three"], phone: "4155550123" },
      });
    });
  });

  describe("a removal", () => {
    it("releases the identifier that the value became, and leaves the others", async () => {
      const { rows, outcomes } = await apply(
        upsert("p1", 10, { email: "a@example.com", phone: "4155550123", city: "Rome" }),
        patch("p1", 20, { email: "b@example.com" }),
        patch("p1", 30, { email: null, city: null }),
        upsert("p2", 40, { email: "b@example.com" }),
      );
      expect(outcomes[3]).toEqual(applied("p2"));
      expect(rows.traitsOf("p1")).toEqual({ phone: "4155550123" });
      expect(rows.identifiersOf("p1")).toEqual(["email a@example.com", "phone +14155550123"]);
    });

    it("releases the identifiers of every profile that the patch merges", async () => {
      for (const patched of ["p1", "p2"]) {
        const { rows, outcomes } = await apply(
          upsert("p1", 10, { email: "a@example.com", chat: "1" }),
          upsert("p2", 20, { email: "b@example.com", chat: "2" }),
          patch(patched, 30, { email: null, chat: patched === "p1" ? "2" : "1" }),
          upsert("p3", 40, { email: "a@example.com" }),
          upsert("p4", 50, { email: "b@example.com" }),
        );
        expect(outcomes.slice(2)).toEqual([applied("p1"), applied("p3"), applied("p4")]);
        expect(rows.identifiersOf("p1")).toEqual(["chat 1", "chat 2"]);
        expect(rows.traitsOf("p1")).toEqual({ chat: patched === "p1" ? "2" : "1" });
      }
    });

    it("does not release an identifier that the profile has lost to another", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "a@example.com" }),
        patch("p1", 20, { otherEmail: "a@example.com" }),
        patch("p1", 30, { email: null }),
        upsert("p2", 40, { email: "a@example.com" }),
        patch("p1", 50, { otherEmail: null, chat: "1" }),
      );
      expect(rows.identifiersOf("p2")).toEqual(["email a@example.com"]);
      expect(rows.identifiersOf("p1")).toEqual(["chat 1"]);
    });

    it("can attach the same identifier again through another trait", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "a@example.com" }),
        patch("p1", 20, { email: null, otherEmail: "a@example.com" }),
      );
      expect([...rows.identifiers.values()]).toEqual([
        { type: "email", value: "a@example.com", holder: "p1", addedAt: 20 },
      ]);
    });

    it("of a trait that was not an identifier, or was removed before, releases nothing", async () => {
      const { rows, outcomes } = await apply(
        upsert("p1", 10, { email: "a@example.com", phone: "none" }),
        patch("p1", 20, { phone: null, otherEmail: null }),
        patch("p1", 30, { phone: null }),
      );
      expect(outcomes.slice(1)).toEqual([applied("p1"), applied("p1")]);
      expect(rows.identifiersOf("p1")).toEqual(["email a@example.com"]);
      expect(rows.traitsOf("p1")).toEqual({ email: "a@example.com" });
    });

    it("is a write with a time, so an older value does not return at a merge", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "a@example.com" }),
        upsert("p2", 20, { email: "b@example.com", city: "Rome", tags: ["vip"] }),
        patch("p1", 30, { city: null }),
        patch("p1", 5, { tags: null }),
        patch("p1", 40, { otherEmail: "b@example.com" }),
      );
      expect(rows.traitsOf("p1")).toEqual({ email: "b@example.com", otherEmail: "b@example.com", tags: ["vip"] });
    });

    it("applies to a new profile too", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "a@example.com", city: "Rome" }),
        upsert("p2", 20, { email: "b@example.com", city: null }),
        patch("p2", 30, { otherEmail: "a@example.com" }),
      );
      expect(rows.traitsOf("p1")).not.toHaveProperty("city");
    });
  });

  describe("a clock that was set back", () => {
    it("does not let an earlier write win, even at a later merge", async () => {
      const { rows } = await apply(
        upsert("p1", 1_000, { email: "a@example.com", city: "Oslo", tags: ["one"] }),
        upsert("p2", 1_000, { email: "b@example.com", city: "Rome", tags: ["two"] }),
        patch("p1", 10, { city: "Bern", tags: null }),
        patch("p1", 20, { otherEmail: "b@example.com" }),
      );
      expect(rows.traitsOf("p1")).toEqual({ email: "b@example.com", otherEmail: "b@example.com", city: "Bern" });
    });

    it("does not make a new identifier the oldest", async () => {
      const { rows } = await apply(
        upsert("p1", 1_000, { email: "1@example.com" }),
        patch("p1", 1_010, { email: "2@example.com" }),
        patch("p1", 1_020, { email: "3@example.com", phone: "4155550123" }),
        patch("p1", 10, { email: "4@example.com", chat: "4" }),
      );
      expect(rows.identifiersOf("p1")).toEqual([
        ...["chat 4", "email 2@example.com", "email 3@example.com", "email 4@example.com", "phone +14155550123"],
      ]);
      expect([...rows.identifiers.values()].slice(-2)).toEqual([
        { type: "email", value: "4@example.com", holder: "p1", addedAt: 1_021 },
        { type: "chat", value: "4", holder: "p1", addedAt: 11 },
      ]);
    });
  });

  describe("a limit", () => {
    it("drops the oldest value under fifo", async () => {
      const { rows } = await apply(
        ...["1", "2", "3", "4"].map((name, at) =>
          upsert(`p${name}`, at * 10, { email: `${name}@example.com`, phone: "4155550123" }),
        ),
      );
      expect(rows.identifiersOf("p1")).toEqual([
        ...["email 2@example.com", "email 3@example.com", "email 4@example.com", "phone +14155550123"],
      ]);
    });

    it("drops the newest value under lifo, and keeps its trait", async () => {
      const { rows, outcomes } = await apply(
        ...["1", "2", "3"].map((chat, at) => upsert(`p${chat}`, at * 10, { chat, phone: "4155550123" })),
        upsert("p4", 40, { chat: "3" }),
      );
      expect(rows.identifiersOf("p1")).toEqual(["chat 1", "chat 2", "phone +14155550123"]);
      expect(rows.traitsOf("p1")).toMatchObject({ chat: "3" });
      expect(outcomes[3]).toEqual(applied("p4"));
    });

    it("applies to merged profiles, by the times at which the values were attached", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "1@example.com", otherEmail: "2@example.com", chat: "1" }),
        upsert("p2", 5, { email: "3@example.com", otherEmail: "4@example.com", chat: "2" }),
        patch("p2", 20, { chat: "1" }),
      );
      expect(rows.identifiersOf("p1")).toEqual([
        ...["chat 1", "chat 2", "email 1@example.com", "email 2@example.com", "email 4@example.com"],
      ]);
    });

    it("decides by the value between values of the same instant", async () => {
      for (const [one, other] of [
        ["a", "b"],
        ["b", "a"],
      ]) {
        const { rows } = await apply(
          upsert("p1", 10, { chat: `${one}1`, phone: "4155550001" }),
          upsert("p2", 10, { chat: `${other}2`, phone: "4155550002" }),
          upsert("p3", 5, { chat: "first", phone: "4155550003" }),
          patch("p1", 20, { phone: "4155550002" }),
          patch("p1", 30, { phone: "4155550003" }),
        );
        expect(rows.identifiersOf("p1").slice(0, 2)).toEqual([one === "a" ? "chat a1" : "chat a2", "chat first"]);
      }
    });
  });

  describe("a deletion", () => {
    it("frees the identifiers, and ends the redirects to the profile", async () => {
      const { rows, outcomes } = await apply(
        upsert("p1", 10, { email: "a@example.com", city: "Rome" }),
        upsert("p2", 20, { email: "b@example.com" }),
        patch("p2", 30, { email: "a@example.com" }),
        deletion("p1"),
        deletion("p1"),
        patch("p2", 40, { city: "Rome" }),
        deletion("p2"),
        upsert("p3", 50, { email: "a@example.com", otherEmail: "b@example.com" }),
      );
      expect(outcomes.slice(3)).toEqual([applied("p1"), missing, missing, missing, applied("p3")]);
      expect([...rows.profiles.keys()]).toEqual(["p3"]);
      expect(rows.traitsOf("p3")).toEqual({ email: "a@example.com", otherEmail: "b@example.com" });
      expect([...rows.nodes.values()]).toEqual([
        { id: "p2", parentId: "p1" },
        { id: "p1", size: 2 },
      ]);
    });

    it("leaves nothing of a profile that never merged", async () => {
      const { rows } = await apply(upsert("p1", 10, { email: "a@example.com" }), deletion("p1"));
      expect([rows.profiles.size, rows.identifiers.size, rows.groups.size, rows.nodes.size]).toEqual([0, 0, 0, 0]);
    });

    it("leaves the other profiles alone", async () => {
      const { rows } = await apply(
        upsert("p1", 10, { email: "a@example.com" }),
        upsert("p2", 20, { email: "b@example.com", city: "Rome" }),
        deletion("p1"),
      );
      expect(rows.traitsOf("p2")).toEqual({ email: "b@example.com", city: "Rome" });
      expect(rows.identifiersOf("p2")).toEqual(["email b@example.com"]);
    });
  });

  it("that name no profile change nothing", async () => {
    const { rows, outcomes } = await apply(patch("p1", 10, { email: "a@example.com" }), deletion("p2"));
    expect(outcomes).toEqual([missing, missing]);
    expect([rows.profiles.size, rows.identifiers.size, rows.groups.size, rows.nodes.size]).toEqual([0, 0, 0, 0]);
  });
});

describe("a batch", () => {
  async function rowsWith(...commands: Command[]) {
    const rows = new RowsInMemory();
    await applyCommands(rows, rules.identifierTypes, commands);
    return rows;
  }
  const nothing = { created: [], updated: [], removed: [], nodes: [], attached: [], detached: [], groups: [] };
  const two = [
    upsert("p1", 10, { email: "a@example.com", phone: "4155550001" }),
    upsert("p2", 20, { email: "b@example.com", chat: "2" }),
  ];

  it("without commands writes nothing", async () => {
    const rows = await rowsWith();
    expect(rows.written).toEqual(nothing);
  });

  it("that deletes what it created writes nothing", async () => {
    const rows = await rowsWith(upsert("p1", 10, { email: "a@example.com", city: "Rome" }), deletion("p1"));
    expect(rows.written).toEqual(nothing);
  });

  it("that detaches what it attached writes only the traits", async () => {
    const rows = await rowsWith(...two);
    await applyCommands(rows, rules.identifierTypes, [
      patch("p1", 30, { email: "c@example.com" }),
      patch("p1", 40, { email: null }),
    ]);
    expect(rows.written).toEqual({ ...nothing, groups: [expect.objectContaining({ profileId: "p1" })] });
  });

  it("with an empty patch writes nothing, even if a limit was lowered", async () => {
    const rows = await rowsWith(upsert("p1", 10, { email: "a@example.com", otherEmail: "b@example.com" }));
    const lower = new Map([["email", { normalization: "email", limit: 1, limitPolicy: "fifo" }] as const]);
    await applyCommands(rows, lower, [patch("p1", 20, {})]);
    expect(rows.written).toEqual(nothing);
    await applyCommands(rows, lower, [patch("p1", 30, { email: "a@example.com" })]);
    expect(rows.identifiersOf("p1")).toEqual(["email b@example.com"]);
  });

  it("writes two nodes for a merge, whatever was merged before", async () => {
    const rows = await rowsWith(
      ...Array.from({ length: 8 }, (_, at) => upsert(`p${at}`, at, { phone: `41555500${at}0`, email: `${at}@b.com` })),
      ...Array.from({ length: 3 }, (_, at) => patch("p0", 10, { phone: `41555500${at + 1}0` })),
      ...Array.from({ length: 3 }, (_, at) => patch("p4", 10, { phone: `41555500${at + 5}0` })),
    );
    expect(rows.nodes.size).toBe(8);
    await applyCommands(rows, rules.identifierTypes, [patch("p4", 20, { phone: "4155550000" })]);
    expect(rows.written).toMatchObject({
      updated: [{ id: "p0", holders: ["p1", "p2", "p3", "p4", "p5", "p6", "p7"] }],
      removed: ["p4"],
      nodes: [
        { id: "p4", parentId: "p0" },
        { id: "p0", size: 8, canonicalId: "p0" },
      ],
      attached: [],
    });
  });

  it("writes a profile that was created and merged as a redirect alone", async () => {
    const rows = await rowsWith(...two, patch("p2", 30, { email: "a@example.com" }));
    expect(rows.written).toMatchObject({
      created: [{ id: "p1", createdAt: 0, holders: ["p2"] }],
      removed: [],
      nodes: [
        { id: "p2", parentId: "p1" },
        { id: "p1", size: 2, canonicalId: "p1" },
      ],
    });
  });

  it("does not write a group that stays the same at a merge", async () => {
    const rows = await rowsWith(...two, patch("p1", 30, { tags: ["vip"] }), patch("p2", 30, { tags: ["vip"] }));
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 40, { chat: "2" })]);
    expect(rows.written?.groups.map(({ profileId, name }) => `${profileId} ${name}`)).toEqual(["p1 Contact"]);
  });

  it("drops a holder whose last identifier is detached", async () => {
    const rows = await rowsWith(...two, patch("p2", 30, { phone: "4155550001" }));
    expect(rows.profiles.get("p1")?.holders).toEqual(["p2"]);
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 40, { email: null })]);
    expect(rows.written?.updated).toEqual([]);
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 50, { chat: null })]);
    expect(rows.written?.updated).toEqual([{ id: "p1", createdAt: 0, holders: [] }]);
  });

  it("attaches a released identifier under the canonical ID", async () => {
    const rows = await rowsWith(...two, patch("p2", 30, { phone: "4155550001" }));
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 40, { chat: null }), patch("p1", 50, { chat: "2" })]);
    expect(rows.written?.attached).toEqual([{ type: "chat", value: "2", holder: "p1", addedAt: 50 }]);
    expect(rows.written?.detached).toEqual([]);
  });

  it("does not write a profile whose holders stay the same, in whatever order they are stored", async () => {
    const rows = await rowsWith(
      ...two,
      upsert("p3", 30, { chat: "3" }),
      patch("p1", 40, { email: "b@example.com", chat: "3" }),
    );
    rows.profiles.set("p1", { id: "p1", createdAt: 0, holders: ["p3", "p2"] });
    const changeSets: unknown[] = [];
    rows.write = async (changeSet) => void changeSets.push(changeSet);
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 50, { city: "Rome" })]);
    expect(changeSets).toMatchObject([{ updated: [] }]);
  });

  it("rejects a new profile whose ID is taken", async () => {
    const rows = await rowsWith(...two);
    const commands = [
      [deletion("p1"), upsert("p1", 30, { email: "c@example.com" })],
      [upsert("p3", 30, { email: "c@example.com" }), upsert("p3", 40, { email: "d@example.com" })],
    ];
    for (const batch of commands) {
      await expect(applyCommands(rows, rules.identifierTypes, batch)).rejects.toThrow(/^The ID p[13] is taken\.$/);
    }
  });

  it("fails if an identifier has a holder that no profile lists", async () => {
    const rows = await rowsWith(...two);
    rows.readContents = async () => ({
      identifiers: [{ type: "email", value: "a@example.com", holder: "p9", addedAt: 1 }],
      groups: [],
      trees: new Map(),
    });
    await expect(applyCommands(rows, rules.identifierTypes, [deletion("p1")])).rejects.toThrow(
      "No locked profile has the holder p9.",
    );
  });
});

describe("the claims of a batch", () => {
  const rowsOf = async (...commands: Command[]) => {
    const rows = new RowsInMemory();
    await applyInBatches(rows, commands, 1);
    return rows;
  };
  const keys = (rows: RowsInMemory) => rows.claimed.map(({ type, value }) => `${type} ${value}`);

  it("are the identifiers of its commands, each once, in order", async () => {
    const rows = await rowsOf();
    await applyCommands(rows, rules.identifierTypes, [
      upsert("p1", 10, { phone: "4155550123", email: "b@example.com" }),
      patch("p2", 20, { email: "a@example.com", otherEmail: "c@example.com" }),
      upsert("p3", 30, { email: "b@example.com", chat: "B", otherEmail: "a@example.com" }),
    ]);
    expect(rows.claimed).toEqual([
      { type: "chat", value: "B", holder: "p3", addedAt: 31 },
      { type: "email", value: "a@example.com", holder: "p2", addedAt: 20 },
      { type: "email", value: "b@example.com", holder: "p1", addedAt: 11 },
      { type: "email", value: "c@example.com", holder: "p2", addedAt: 21 },
      { type: "phone", value: "+14155550123", holder: "p1", addedAt: 10 },
    ]);
  });

  it("include those of a profile that is deleted, or of which a promoted trait is removed", async () => {
    const rows = await rowsOf(
      upsert("p1", 10, { email: "a@example.com" }),
      patch("p1", 20, { email: "b@example.com", city: "Rome" }),
      upsert("p2", 30, { email: "z@example.com" }),
    );
    for (const command of [deletion("p1"), patch("p1", 30, { city: "Oslo", email: null })]) {
      rows.write = async () => {};
      await applyCommands(rows, rules.identifierTypes, [command, upsert("p3", 40, { chat: "3" })]);
      expect(keys(rows)).toEqual(["chat 3", "email a@example.com", "email b@example.com"]);
    }
    await applyCommands(rows, rules.identifierTypes, [patch("p1", 30, { city: null })]);
    expect(keys(rows)).toEqual([]);
    await applyCommands(rows, rules.identifierTypes, [upsert("p4", 30, { chat: "4", email: null })]);
    expect(keys(rows)).toEqual(["chat 4"]);
  });

  it("include those of a merged profile by any of its IDs", async () => {
    const rows = await rowsOf(
      upsert("p1", 10, { email: "a@example.com" }),
      upsert("p2", 20, { email: "b@example.com" }),
      patch("p2", 30, { email: "a@example.com" }),
    );
    await applyCommands(rows, rules.identifierTypes, [deletion("p1")]);
    expect(keys(rows)).toEqual(["email a@example.com", "email b@example.com"]);
  });

  it("include those that an earlier attempt detached, and leave those of this attempt to the next", async () => {
    const rows = await rowsOf(upsert("p1", 10, { email: "a@example.com" }));
    const identifiers = ["c", "a"].map((value) => ({ type: "chat", value }));
    const detached = new Map(identifiers.map((identifier) => [identifierKey(identifier), identifier]));
    const outcomes = await applyCommands(
      rows,
      rules.identifierTypes,
      [upsert("p2", 20, { email: "a@example.com", chat: "c" })],
      detached,
    );
    expect(outcomes).toEqual([applied("p1")]);
    expect(rows.claimed.map(({ value, holder }) => `${value} ${holder}`)).toEqual(["a ", "c p2", "a@example.com p2"]);
  });
});

describe("the rows that a batch reads", () => {
  it("are those of the profiles that its commands name, each once", async () => {
    const rows = new RowsInMemory();
    await applyInBatches(
      rows,
      [upsert("p1", 10, { email: "a@example.com", chat: "1" }), upsert("p2", 20, { chat: "2" })],
      2,
    );
    await applyCommands(rows, rules.identifierTypes, [
      patch("p2", 30, { city: "Rome" }),
      patch("p1", 40, { chat: null }),
      upsert("p3", 50, { chat: "3", email: null }),
      deletion("p1"),
      deletion("p2"),
    ]);
    expect(rows.calls).toEqual({
      readIdentifiers: [["p1", "p2"]],
      lockProfiles: [[], ["p2", "p1"]],
      readContents: [["p1", "p2"]],
    });
  });

  it("are none if all profiles are new", async () => {
    const rows = new RowsInMemory();
    await applyInBatches(rows, [upsert("p1", 10, { email: "a@example.com" })], 1);
    expect(rows.calls).toEqual({ readIdentifiers: [], lockProfiles: [[]], readContents: [] });
  });
});

describe("the lock of profiles", () => {
  /** Rows in which another transaction merges p2 into p1 while the first lock waits. */
  async function rowsThatMerge() {
    const rows = new RowsInMemory();
    await applyInBatches(rows, [upsert("p1", 10, { email: "a@example.com" }), upsert("p2", 20, { chat: "2" })], 1);
    const lock = rows.lockProfiles.bind(rows);
    rows.lockProfiles = async (identifiers, ids) => {
      rows.lockProfiles = lock;
      const { profiles, ...resolved } = await lock(identifiers, ids);
      await applyInBatches(rows, [patch("p2", 30, { email: "a@example.com" })], 1);
      return { ...resolved, profiles: profiles.filter(({ id }) => id !== "p2") };
    };
    return rows;
  }

  it("is repeated if the owner of an identifier merged while it waited", async () => {
    const rows = await rowsThatMerge();
    const outcomes = await applyCommands(rows, rules.identifierTypes, [upsert("p3", 40, { chat: "2", city: "Rome" })]);
    expect(outcomes).toEqual([applied("p1")]);
    expect(rows.traitsOf("p1")).toMatchObject({ city: "Rome" });
  });

  it("is repeated if a profile that a command names merged while it waited", async () => {
    const rows = await rowsThatMerge();
    expect(await applyCommands(rows, rules.identifierTypes, [patch("p2", 40, { city: "Rome" })])).toEqual([
      moved("p1"),
    ]);
  });

  it("ends if a profile does not exist", async () => {
    const rows = await rowsThatMerge();
    const commands = [deletion("p2"), deletion("p9"), deletion("p8")];
    expect(await applyCommands(rows, rules.identifierTypes, commands)).toEqual([moved("p1"), missing, missing]);
  });

  it("is taken once if nothing is missing", async () => {
    const rows = new RowsInMemory();
    await applyInBatches(rows, [upsert("p1", 10, { email: "a@example.com" })], 1);
    await applyCommands(rows, rules.identifierTypes, [
      upsert("p2", 20, { email: "a@example.com" }),
      upsert("p3", 30, { chat: "new" }),
      patch("p1", 40, { city: "Rome" }),
    ]);
    expect(rows.calls.lockProfiles).toEqual([[], ["p1"]]);
  });
});
