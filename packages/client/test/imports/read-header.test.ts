import { describe, expect, it } from "vitest";
import { piecesOf } from "../../src/imports/source/pieces.ts";
import { readHeader } from "../../src/imports/source/read-header.ts";

const encoder = new TextEncoder();

/** Reads it from pieces of so many bytes. */
function headerOf(file: string | Uint8Array, pieceBytes = 1): Promise<readonly string[]> {
  const bytes = typeof file === "string" ? encoder.encode(file) : file;
  async function* pieces() {
    for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
  }
  return readHeader(piecesOf(pieces()));
}

describe("the header row", () => {
  it.each([
    ["ends with a line feed", "email,name\na,b\n", ["email", "name"]],
    ["ends with CR and LF", "email,name\r\na,b\r\n", ["email", "name"]],
    ["ends with the file", "email,name", ["email", "name"]],
    ["may follow a byte order mark", "\uFEFFemail,name\n", ["email", "name"]],
    ["may follow empty lines", "\r\n\nemail,name\n", ["email", "name"]],
    ["may have quotes around a name", '"email","name"\n', ["email", "name"]],
    ["may have commas in quotes", '"name, first",email\n', ["name, first", "email"]],
    ["may have quotes in quotes", '"the ""name""",email\n', ['the "name"', "email"]],
    ["may have line breaks in quotes", '"first\r\nname",email\n', ["first\r\nname", "email"]],
    ["may have empty names", ',email,,""\n', ["", "email", "", ""]],
    ["keeps blanks", " email ,name\n", [" email ", "name"]],
    ["may have letters of several bytes", "größe,名前\n", ["größe", "名前"]],
  ])("%s", async (_, file, names) => {
    await expect(headerOf(file)).resolves.toEqual(names);
    await expect(headerOf(file, 1024)).resolves.toEqual(names);
  });

  it.each([
    ["there is none", "\r\n\n"],
    ["a quote in it is not closed", '"email,name\na,b\n'],
    ["it is not in UTF-8", Uint8Array.of(0x65, 0xff, 0x0a)],
    ["it is not in UTF-8", Uint8Array.of(0x65, 0x2c, 0xc3)],
    ["it does not end within 1048576 bytes", "x".repeat(1024 * 1024 + 1)],
    ["it does not end within 1048576 bytes", `${"x".repeat(1024 * 1024)}\n`],
  ])("is rejected if %s", async (reason, file) => {
    await expect(headerOf(file, 4096)).rejects.toMatchObject({
      fault: "header",
      message: `The file has no header row that can be read: ${reason}.`,
    });
  });

  it("may end with the last of 1048576 bytes", async () => {
    const name = "x".repeat(1024 * 1024 - 1);
    await expect(headerOf(`${name}\n`, 4096)).resolves.toEqual([name]);
  });

  it("is all that is read", async () => {
    let pieces = 0;
    async function* endless() {
      for (;;) {
        pieces++;
        yield encoder.encode("email\n");
      }
    }
    await readHeader(piecesOf(endless()));
    expect(pieces).toBe(1);
  });
});
