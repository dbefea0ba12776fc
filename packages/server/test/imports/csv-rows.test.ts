import { Parser } from "csv-parse";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { readBatches, readHeader } from "../../src/imports/csv-rows.ts";
import { UnreadableFileError } from "../../src/imports/unreadable-file-error.ts";

/** Where the rows begin in a file whose header row has ten bytes. */
const BEHIND_HEADER = { offset: 10, rows: 0 };

type Bytes = string | Uint8Array;

async function* file(...chunks: Bytes[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

/** Repeats the same chunk. */
async function* repeated(bytes: string, times: number): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.from(bytes);
  for (let count = 0; count < times; count++) yield chunk;
}

async function rowsOf(chunks: AsyncIterable<Uint8Array>, from = BEHIND_HEADER): Promise<string[][]> {
  const all: string[][] = [];
  for await (const { rows } of readBatches(chunks, from)) all.push(...rows.map((cells) => [...cells]));
  return all;
}

async function countOf(chunks: AsyncIterable<Uint8Array>): Promise<number> {
  let count = 0;
  for await (const { rows } of readBatches(chunks, BEHIND_HEADER)) count += rows.length;
  return count;
}

const fault = (reading: Promise<unknown>) =>
  reading.then(
    () => "none",
    (error: unknown) => (error instanceof UnreadableFileError ? error.message : error),
  );

describe("the header row", () => {
  it("is the first row of the file", async () => {
    expect(await readHeader(file("email,name\nada@example.com,Ada\n"))).toEqual({
      names: ["email", "name"],
      offset: 11,
    });
  });

  it("may have a leading byte order mark, quotes and a Windows line break", async () => {
    const names = ["e-mail", "first, last"];
    expect(await readHeader(file('\ufeff"e-mail","first, last"\r\n'))).toEqual({ names, offset: 27 });
    expect(await readHeader(file("\ufeffemail\n"))).toEqual({ names: ["email"], offset: 9 });
  });

  it("counts its offset in bytes", async () => {
    expect(await readHeader(file("correo,año,👩‍🚀\nx"))).toEqual({ names: ["correo", "año", "👩‍🚀"], offset: 24 });
  });

  it("may be the whole file, with or without a line break", async () => {
    expect(await readHeader(file("email,name"))).toEqual({ names: ["email", "name"], offset: 10 });
  });

  it("may have at most 100 columns", async () => {
    const columns = (count: number) => Array.from({ length: count }, (_, at) => `c${at}`).join(",");
    expect((await readHeader(file(columns(100)))).names).toHaveLength(100);
    expect(await fault(readHeader(file(columns(101))))).toBe("It has more than 100 columns");
  });

  it.each<[string, Bytes]>([
    ["an empty file", ""],
    ["only a byte order mark", "\ufeff"],
    ["empty lines alone", "\n\r\n\n"],
  ])("is missing in %s", async (_what, bytes) => {
    expect(await fault(readHeader(file(bytes)))).toBe("It has no header row");
  });

  it("is searched for only within the maximum row size", async () => {
    let read = 0;
    async function* commas() {
      for await (const chunk of repeated(",".repeat(65_536), 1600)) {
        read += chunk.length;
        yield chunk;
      }
    }
    expect(await fault(readHeader(commas()))).toBe("No row ends in the 4194304 bytes after byte 0");
    expect(read).toBeLessThan(5_000_000);
  });
});

describe("the rows of a file", () => {
  it.each<[string, Bytes, string[][]]>([
    [
      "a mix of both kinds of line breaks",
      "1,2\n3,4\r\n5,6",
      [
        ["1", "2"],
        ["3", "4"],
        ["5", "6"],
      ],
    ],
    ["commas, line breaks and quotes in quotes", '"a,b","c\r\nd\ne","f ""g"""\n', [["a,b", "c\r\nd\ne", 'f "g"']]],
    [
      "empty cells, quoted or not",
      '"",\n,""\n',
      [
        ["", ""],
        ["", ""],
      ],
    ],
    ["white space around a cell", " a ,\tb\n", [[" a ", "\tb"]]],
    ["a lone carriage return", "a\rb,c\n", [["a\rb", "c"]]],
    ["a NUL", "a\0b,\0\n", [["a\0b", "\0"]]],
    ["a backslash", '\\N,"\\"\n', [["\\N", "\\"]]],
    ["rows of any width", "1\n1,2,3\n1,2\n", [["1"], ["1", "2", "3"], ["1", "2"]]],
    ["names of built-in object properties", "__proto__,constructor\n", [["__proto__", "constructor"]]],
    ["cells that look like formulas", "=1+1,@a\n", [["=1+1", "@a"]]],
    ["a byte order mark that is not at the beginning of the file", "\ufeffa,b\n", [["\ufeffa", "b"]]],
    ["no rows", "", []],
  ])("may have %s", async (_what, bytes, rows) => {
    expect(await rowsOf(file(bytes))).toEqual(rows);
    expect(await rowsOf(file(...Array.from(Buffer.from(bytes), (byte) => Uint8Array.of(byte))))).toEqual(rows);
  });

  it("do not include empty lines", async () => {
    expect(await rowsOf(file('\n1,2\n\n\r\n""\n3,4\n\n'))).toEqual([["1", "2"], [""], ["3", "4"]]);
  });

  it("may have a mebibyte each", async () => {
    const cell = "x".repeat(1_048_576);
    const rows = await rowsOf(repeated(`ada@example.com,"${cell}"\n`, 10));
    expect(rows).toHaveLength(10);
    expect(rows.every(([email, text]) => email === "ada@example.com" && text === cell)).toBe(true);
  });

  it("are read in batches of 500, or fewer if they are large", async () => {
    const sizes: number[] = [];
    for await (const { rows } of readBatches(repeated("1,2\n", 1200), BEHIND_HEADER)) sizes.push(rows.length);
    expect(sizes).toEqual([500, 500, 200]);

    const large = repeated(`${"x".repeat(1_048_575)}\n`, 9);
    const ends: number[] = [];
    for await (const { offset } of readBatches(large, BEHIND_HEADER))
      ends.push((offset - BEHIND_HEADER.offset) / 1_048_576);
    expect(ends).toEqual([4, 8, 9]);
  });

  it("may number at most 1,000,000", async () => {
    expect(await countOf(repeated("a,b\n".repeat(1000), 1000))).toBe(1_000_000);
    async function* oneMore() {
      yield* repeated("a,b\n".repeat(1000), 1000);
      yield Buffer.from("a,b");
    }
    expect(await fault(countOf(oneMore()))).toBe("It has more than 1000000 rows");
    expect(await fault(rowsOf(file("a,b\n"), { offset: 10, rows: 1_000_000 }))).toBe("It has more than 1000000 rows");
  });

  it.each<[string, Bytes, string]>([
    ["a quote that is not closed", 'a,b\n"c,d\n', "CSV_QUOTE_NOT_CLOSED"],
    ["text after a closing quote", 'a,b\n"c"d,e\n', "CSV_INVALID_CLOSING_QUOTE"],
    ["a quote within an unquoted cell", 'a,b\nc"d,e\n', "INVALID_OPENING_QUOTE"],
  ])("are unreadable with %s, and the message does not quote the cell", async (_what, bytes, reason) => {
    expect(await fault(rowsOf(file(bytes)))).toBe(`It is not valid CSV (${reason}) after byte 14`);
  });

  it.each([
    ["a quote that is not closed", '"', "x,\n"],
    ["quotes in quotes", '"', '""'],
    ["cells in a row", "", ","],
    ["empty lines", "", "\n"],
  ])("are not buffered without limit if no row ends in %s", async (_what, begin, more) => {
    async function* endless() {
      yield Buffer.from(begin);
      yield* repeated(more.repeat(20_000), 100_000_000);
    }
    expect(await fault(rowsOf(endless()))).toBe("No row ends in the 4194304 bytes after byte 10");
  });

  it.each<[string, number[]]>([
    ["a byte that never occurs in UTF-8", [0x61, 0xff, 0x62]],
    ["a character that is cut off at the end of the file", [0x61, 0xe2, 0x82]],
    ["an encoded surrogate", [0xed, 0xa0, 0x80]],
    ["a character in more bytes than it needs", [0xc0, 0xaf]],
    ["UTF-16", [0xff, 0xfe, 0x61, 0x00]],
  ])("are unreadable with %s", async (_what, bytes) => {
    expect(await fault(rowsOf(file("a,b\n", Uint8Array.from(bytes))))).toMatch(/^It is not in UTF-8 after byte 1/);
    expect(await fault(readHeader(file(Uint8Array.from(bytes))))).toBe("It is not in UTF-8 after byte 0");
  });

  it("let other work on the thread continue meanwhile", async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    // Rows of a different width than the first are the slowest to parse.
    async function* narrow() {
      yield Buffer.from("a,b\n");
      yield Buffer.from("a\n".repeat(20_000));
    }
    await countOf(narrow());
    clearInterval(timer);
    expect(turns).toBeGreaterThan(1);
  });

  it("reject with the error of the file, and release the file if the caller stops reading", async () => {
    async function* failing() {
      yield Buffer.from("a,b\n");
      throw new Error("the disk is gone");
    }
    await expect(rowsOf(failing())).rejects.toThrow("the disk is gone");

    let isReleased = false;
    async function* released() {
      try {
        yield* repeated("a,b\n".repeat(1000), 10);
      } finally {
        isReleased = true;
      }
    }
    for await (const _batch of readBatches(released(), BEHIND_HEADER)) break;
    expect(isReleased).toBe(true);
  });

  it("may be 4 MiB each and no more", async () => {
    const row = "x".repeat(4 * 1_048_576);
    expect(await rowsOf(file(row))).toEqual([[row]]);
    await expect(rowsOf(file(row, "x"))).rejects.toMatchObject({
      name: "UnreadableFileError",
      message: "No row ends in the 4194304 bytes after byte 10",
    });
  });
});

describe("an error in the code that parses a file", () => {
  it("is not reported as an error of the file, even if it is a TypeError", async () => {
    const bug = new TypeError("Cannot read properties of undefined");
    const write = vi.spyOn(Parser.prototype, "write").mockImplementation(() => {
      throw bug;
    });
    onTestFinished(() => write.mockRestore());
    await expect(countOf(file("a@example.com,Ada\n"))).rejects.toBe(bug);
  });
});
