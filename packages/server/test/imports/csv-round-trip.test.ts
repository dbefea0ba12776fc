import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readBatches, readHeader } from "../../src/imports/csv-rows.ts";

const cell = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "\\N", "é", "\ufeff", "a", " ") }),
);
const record = fc.array(cell, { minLength: 1, maxLength: 5 });
const newline = fc.constantFrom("\n", "\r\n");

function written(cells: readonly string[], isQuoted: boolean): string {
  return cells.map((text) => (isQuoted || /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join(",");
}

/** A line that could be mistaken for an empty line or a byte order mark is written with quotes. */
function line(cells: readonly string[], newline: string, isQuoted: boolean): string {
  const isAmbiguous = cells.join(",") === "" || cells[0]?.startsWith("\ufeff") === true;
  return written(cells, isQuoted || isAmbiguous) + newline;
}

async function* inChunks(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function batchesOf(bytes: Buffer, size: number, from: { offset: number; rows: number }) {
  const batches = [];
  for await (const batch of readBatches(inChunks(bytes.subarray(from.offset), size), from)) batches.push(batch);
  return batches;
}

const someFile = fc.record({
  header: record,
  records: fc.array(record, { maxLength: 12 }),
  copies: fc.constantFrom(1, 1, 1, 1, 1, 1, 400),
  newline,
  isQuoted: fc.boolean(),
  hasMark: fc.boolean(),
  isCutShort: fc.boolean(),
  chunk: fc.constantFrom(1, 2, 3, 7, 64, 65_536),
});

describe("a CSV file of any records", () => {
  it("is read back as it was written, starting after any batch", async () => {
    await fc.assert(
      fc.asyncProperty(someFile, async ({ header, records, copies, newline, isQuoted, hasMark, isCutShort, chunk }) => {
        const size = copies === 1 ? chunk : 65_536;
        const rows = Array.from({ length: copies }, () => records).flat();
        const lines = [header, ...rows].map((cells) => line(cells, newline, isQuoted));
        const whole = (hasMark ? "\ufeff" : "") + lines.join("");
        const bytes = Buffer.from(isCutShort ? whole.slice(0, -newline.length) : whole);

        const { names, offset } = await readHeader(inChunks(bytes, size));
        expect(names).toEqual(header);
        const batches = await batchesOf(bytes, size, { offset, rows: 0 });
        expect(batches.flatMap((batch) => batch.rows)).toEqual(rows);
        expect(batches.at(-1)?.offset ?? bytes.length).toBe(bytes.length);

        for (const [at, { offset: end }] of batches.entries()) {
          expect(await batchesOf(bytes, size, { offset: end, rows: 0 })).toEqual(batches.slice(at + 1));
        }
      }),
      { numRuns: 100 },
    );
  });
});
