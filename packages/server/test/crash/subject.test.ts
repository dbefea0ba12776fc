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
  it("has its acknowledged state", async () => {
    const subject = new Subject("Ada");
    await subject.write(before, async () => {});
    expect(subject.faults(asBefore)).toEqual([]);
    expect(subject.faults(empty)).toEqual([expect.stringMatching(/^Ada is \[\]/)]);
    await subject.write(after, async () => {});
    expect(subject.faults(asAfter)).toEqual([]);
    expect(subject.faults(asBefore)).toHaveLength(1);
  });

  it("is found by every returned ID", async () => {
    const subject = new Subject("Ada");
    await subject.write(after, async () => {});
    subject.learn("a", "email 1");
    expect(subject.faults(asAfter)).toEqual([]);
    subject.learn("b", "email 1");
    expect(subject.faults(asAfter)).toEqual(["Ada: b leads to undefined, email 1 to a"]);
  });

  it("may have the state before or after an unacknowledged write, and must then keep it", async () => {
    const subject = await interrupted();
    expect(subject.faults(halfMerged)).toHaveLength(1);
    expect(subject.faults(empty)).toHaveLength(1);
    expect(subject.faults(asAfter)).toEqual([]);
    expect(subject.faults(asBefore)).toHaveLength(1);
    expect((await interrupted()).faults(asBefore)).toEqual([]);
  });
});

async function interrupted(): Promise<Subject> {
  const subject = new Subject("Ada");
  await subject.write(before, async () => {});
  await expect(subject.write(after, () => Promise.reject(new Error("disconnected")))).rejects.toThrow("disconnected");
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
