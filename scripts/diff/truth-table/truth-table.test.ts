import { beforeAll, describe, expect, it } from "vitest";
import { type ContractChange, changesOfPairs } from "../contract-changes.ts";
import { highest } from "../report/diff-report.ts";
import { truthTable } from "./truth-table.ts";

const rows = await truthTable();

describe("the bump that a change of the contract needs", () => {
  let results: ContractChange[][];

  beforeAll(async () => {
    results = await changesOfPairs(rows.map(({ before, after }) => [before, after]));
  }, 300_000);

  it("is tested with changes of every bump", () => {
    expect(rows.length).toBeGreaterThanOrEqual(600);
    for (const bump of ["major", "minor", "patch"])
      expect(rows.filter((row) => row.bump === bump).length, bump).toBeGreaterThanOrEqual(100);
  });

  it.each(rows.map((row, index) => ({ ...row, index })))("is $bump for $title: $why", ({ bump, index }) => {
    const changes = results[index] ?? [];
    expect(highest(changes.map((change) => change.bump)), explain(changes)).toBe(bump);
  });

  it("is none for another version, and for keys in another order", async () => {
    const [row] = rows;
    if (row === undefined) throw new Error("The table is empty.");
    const { info, ...rest } = row.before;
    const reordered = { ...rest, info: { ...Object(info), version: "9.9.9" } };
    expect(await changesOfPairs([[row.before, reordered]])).toEqual([[]]);
  });
});

function explain(changes: readonly ContractChange[]): string {
  return changes.map(({ bump, pointer, why }) => `${bump} ${pointer} ${why}`).join("\n");
}
