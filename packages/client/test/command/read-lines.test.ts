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
  it("end with a newline, but for the last, which need not", async () => {
    expect(await linesOf("a\nb\n")).toEqual(["a", "b"]);
    expect(await linesOf("a\nb")).toEqual(["a", "b"]);
    expect(await linesOf("")).toEqual([]);
    expect(await linesOf("a\n\nb\n")).toEqual(["a", "", "b"]);
  });

  it("are the same wherever the chunks are cut", async () => {
    const text = Buffer.from("\ufeffgrüße\r\n{\u2028}\n🙂\n");
    for (let at = 0; at <= text.length; at++) {
      expect(await linesOf(text.subarray(0, at), text.subarray(at))).toEqual(["grüße\r", "{\u2028}", "🙂"]);
    }
  });

  it("are in UTF-8", async () => {
    await expect(linesOf("a\n", new Uint8Array([0xff]), "\n")).rejects.toThrow("Line 2 is not in UTF-8.");
  });

  it("have at most 16 MiB, so that a file of one line does not fill the memory", async () => {
    const mebibyte = "x".repeat(1024 * 1024);
    const chunks = Array.from({ length: 16 }, () => mebibyte);
    expect((await linesOf(...chunks, "\nb"))[1]).toBe("b");
    await expect(linesOf("a\n", ...chunks, "x")).rejects.toThrow("Line 2 has more than 16777216 bytes.");
  });
});
