import { describe, expect, it } from "vitest";
import type { ImportState } from "../../src/domain/imports/import-state.ts";
import { importState, importValues } from "../../src/storage/import-row.ts";
import { TABLES } from "../../src/storage/tables.ts";

const state: ImportState = {
  record: {
    id: "import",
    filename: '"\0\ud800.csv',
    fileSize: 1,
    columnMappings: [{ columnName: "Mail", traitGroup: "Contact", traitName: "email" }],
    status: "PROCESSING",
    createdAt: 2,
    updatedAt: 3,
    expiresAt: 4,
    uploadId: "upload",
    progress: { offset: 5, rows: 6, errors: 7, warnings: 8 },
  },
  job: { dueAt: 9, owner: "owner", attempts: 10 },
};
const { uploadId: _, ...waiting } = state.record;

/** The row that a database returns for these values. */
function rowOf(values: readonly unknown[]): Record<string, unknown> {
  const columns = Object.keys(TABLES.imports).slice(1);
  expect(values).toHaveLength(columns.length);
  return Object.fromEntries(columns.map((column, at) => [column, values[at]]));
}

describe("the row of an import", () => {
  it.each<[string, ImportState]>([
    ["with everything", state],
    ["that nobody leased", { ...state, job: { dueAt: 0, attempts: 0 } }],
    ["without a file", { ...state, record: waiting }],
    ["that has ended", { record: { ...state.record, status: "FAILED" } }],
  ])("brings back an import %s", (_what, expected) => {
    expect(importState(rowOf(importValues(expected)))).toStrictEqual(expected);
  });

  it("has its values in the order of the columns, and no character that a database may reject", () => {
    expect(importValues(state)).toEqual([
      ...["import", '"\\"\\u0000\\ud800.csv"', 1],
      '[{"columnName":"Mail","traitGroup":"Contact","traitName":"email"}]',
      ...["PROCESSING", 2, 3, 4, "upload", 5, 6, 7, 8, 9, "owner", 10],
    ]);
  });

  it("with an unknown status throws", () => {
    const row = { ...rowOf(importValues(state)), status: "PAUSED" };
    expect(() => importState(row)).toThrow("The import has an unknown status, PAUSED.");
  });
});
