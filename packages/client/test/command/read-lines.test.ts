import { describe, expect, it } from "vitest";
import { readLines } from "../../src/command/io/input.ts";

async function linesOf(...chunks: (string | Uint8Array)[]): Promise<string[]> {
  const lines: string[] = [];
  async function* bytes() {
    for (const chunk of chunks) yield Buffer.from(chunk);
  }
  for await (const line of readLines(bytes())) lines.push(line);
  return lines;
}

describe("lines", () => {
  it("end with a line feed, which the last line can lack", async () => {
    expect(await linesOf("a\nb\n")).toEqual(["a", "b"]);
    expect(await linesOf("a\nb")).toEqual(["a", "b"]);
    expect(await linesOf("")).toEqual([]);
    expect(await linesOf("a\n\nb\n")).toEqual(["a", "", "b"]);
  });

  it("do not depend on the borders of the chunks", async () => {
    const text = Buffer.from("\ufeffgrüße\r\n{\u2028}\n🙂\n");
    for (let at = 0; at <= text.length; at++) {
      expect(await linesOf(text.subarray(0, at), text.subarray(at))).toEqual(["grüße\r", "{\u2028}", "🙂"]);
    }
  });

  it("must be valid UTF-8", async () => {
    await expect(linesOf("a\n", new Uint8Array([0xff]), "\n")).rejects.toThrow("Line 2 is not valid UTF-8.");
  });

  it("have at most 16 MiB, so that a file without line feeds does not exhaust the memory", async () => {
    const mebibyte = "x".repeat(1024 * 1024);
    const chunks = Array.from({ length: 16 }, () => mebibyte);
    expect((await linesOf(...chunks, "\nb"))[1]).toBe("b");
    await expect(linesOf("a\n", ...chunks, "x")).rejects.toThrow("Line 2 is longer than 16777216 bytes.");
  });
});
