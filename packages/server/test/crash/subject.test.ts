import { describe, expect, it } from "vitest";
import type { Tables } from "../support/tables.ts";
import { type Expected, Subject } from "./subject.ts";

const before: readonly Expected[] = [
  { identifiers: ["email 1"], traits: { email: "1" } },
  { identifiers: ["phone 1"], traits: { phone: "1" } },
];
const after: readonly Expected[] = [
  { identifiers: ["email 1", "phone 1"], traits: { email: "1", phone: "1", city: "x" } },
];

const empty: Tables = { profiles: new Set(), redirects: new Map(), identifiers: new Map(), traits: new Map() };
const asBefore = tablesOf({ "email 1": "a", "phone 1": "b" }, { a: { email: "1" }, b: { phone: "1" } });
const asAfter = tablesOf({ "email 1": "a", "phone 1": "a" }, { a: { email: "1", phone: "1", city: "x" } });
const halfMerged = tablesOf({ "email 1": "a", "phone 1": "a" }, { a: { email: "1", city: "x" } });

describe("a subject", () => {
  it("is as it was acknowledged", async () => {
    const subject = new Subject("Ada");
    await subject.write(before, async () => {});
    expect(subject.faults(asBefore)).toEqual([]);
    expect(subject.faults(empty)).toEqual([expect.stringMatching(/^Ada is \[\]/)]);
    await subject.write(after, async () => {});
    expect(subject.faults(asAfter)).toEqual([]);
    expect(subject.faults(asBefore)).toHaveLength(1);
  });

  it("is found by every ID that was told", async () => {
    const subject = new Subject("Ada");
    await subject.write(after, async () => {});
    subject.learn("a", "email 1");
    expect(subject.faults(asAfter)).toEqual([]);
    subject.learn("b", "email 1");
    expect(subject.faults(asAfter)).toEqual(["Ada: b leads to undefined, email 1 to a"]);
  });

  it("is as before or as after a write that was not acknowledged, and then stays so", async () => {
    const subject = await cutOff();
    expect(subject.faults(halfMerged)).toHaveLength(1);
    expect(subject.faults(empty)).toHaveLength(1);
    expect(subject.faults(asAfter)).toEqual([]);
    expect(subject.faults(asBefore)).toHaveLength(1);
    expect((await cutOff()).faults(asBefore)).toEqual([]);
  });
});

async function cutOff(): Promise<Subject> {
  const subject = new Subject("Ada");
  await subject.write(before, async () => {});
  await expect(subject.write(after, () => Promise.reject(new Error("cut off")))).rejects.toThrow("cut off");
  return subject;
}

function tablesOf(
  identifiers: Readonly<Record<string, string>>,
  traits: Readonly<Record<string, Readonly<Record<string, string>>>>,
): Tables {
  return {
    ...empty,
    profiles: new Set(Object.keys(traits)),
    identifiers: new Map(Object.entries(identifiers)),
    traits: new Map(
      Object.entries(traits).map(([id, own]) => [id, new Map([["Contact", new Map(Object.entries(own))]])]),
    ),
  };
}
