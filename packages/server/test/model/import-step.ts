import type { ColumnMappings } from "@memory-api/types";
import fc from "fast-check";
import { expect } from "vitest";
import { importEnd } from "../support/import-end.ts";
import { bodyOf } from "../support/keep-alive-client.ts";
import { learnIds } from "./list-steps.ts";
import { type Change, hasIdentifier } from "./model.ts";
import type { CellSample } from "./samples.ts";
import { type Step, step } from "./step.ts";
import { TRAITS, type Trait } from "./traits.ts";

interface Row {
  readonly cells: readonly CellSample[];
  /** Whether it has one cell too many. */
  readonly isTooWide: boolean;
}

interface File {
  readonly columns: readonly Trait[];
  readonly rows: readonly Row[];
  readonly lineBreak: "\n" | "\r\n";
  readonly isQuoted: boolean;
  readonly hasBom: boolean;
}

const columnsOfPeople = fc
  .shuffledSubarray([...TRAITS], { minLength: 2, maxLength: 4 })
  .filter((columns) => columns.some(({ definition }) => definition.idTypePromotion !== undefined));

const file: fc.Arbitrary<File> = columnsOfPeople.chain((columns) =>
  fc.record<File>({
    columns: fc.constant(columns),
    rows: fc.array(
      fc.record<Row>({
        cells: fc.tuple(...columns.map(({ cells }) => fc.constantFrom(...cells))),
        isTooWide: fc.constantFrom(false, false, false, false, true),
      }),
      { maxLength: 6 },
    ),
    lineBreak: fc.constantFrom("\n", "\r\n"),
    isQuoted: fc.boolean(),
    hasBom: fc.boolean(),
  }),
);

export const importStep: fc.Arbitrary<Step> = file.map((given) => {
  const csv = csvOf(given);
  const columnMappings = mappingsOf(given);
  return step(`import ${JSON.stringify(csv)}`, async (model, real) => {
    const { client, storeId } = real;
    const announced = { filename: "people.csv", fileSize: Buffer.byteLength(csv), columnMappings };
    const created = await client.send("createProfilesImportV2", { path: { storeId }, body: announced });
    const { importId, url } = bodyOf(created, 201);
    bodyOf(await client.upload(url, csv), 200);
    const summary = { errors: 0, warnings: 0 };
    for (const row of given.rows) {
      const changes = changesOf(given.columns, row);
      if (row.isTooWide || !hasIdentifier(changes)) {
        summary.errors++;
        continue;
      }
      if (changes.length < given.columns.length) summary.warnings++;
      model.upsert(changes);
    }
    expect(await importEnd(client, storeId, importId)).toEqual({
      ...announced,
      status: "COMPLETED",
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
      summary,
    });
    await learnIds(model, real);
  });
});

/** A cell that does not fit its trait is ignored. */
function changesOf(columns: readonly Trait[], { cells }: Row): Change[] {
  return columns.flatMap(({ group, name }, at) => {
    const value = cells[at]?.value;
    return value === undefined ? [] : [{ group, name, value }];
  });
}

/** The last column is not mapped. */
function csvOf({ columns, rows, lineBreak, isQuoted, hasBom }: File): string {
  const header = [...columns.map(({ name }) => `The ${name}`), "Remark"];
  const lines = rows.map(({ cells, isTooWide }) => [
    ...cells.map(({ text }) => text),
    "x",
    ...(isTooWide ? ["y"] : []),
  ]);
  const quoted = (cell: string) => (isQuoted || /[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
  return (hasBom ? "\uFEFF" : "") + [header, ...lines].map((cells) => cells.map(quoted).join(",") + lineBreak).join("");
}

function mappingsOf({ columns }: File): ColumnMappings {
  return columns.map(({ group, name }) => ({ columnName: `The ${name}`, traitGroup: group, traitName: name }));
}
