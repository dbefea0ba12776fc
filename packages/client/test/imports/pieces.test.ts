import { describe, expect, it } from "vitest";
import { exactPieces, piecesOf } from "../../src/imports/source/pieces.ts";

describe("the pieces of a file", () => {
  it.each([
    [65_536, [65_536]],
    [65_537, [65_536, 1]],
    [131_072, [65_536, 65_536]],
  ])("have at most 64 KiB: of %d bytes", async (size, sizes) => {
    const pieces = exactPieces(piecesOf(new Blob([new Uint8Array(size)]).stream()), size);
    const lengths: number[] = [];
    for await (const { byteLength } of pieces) lengths.push(byteLength);
    expect(lengths).toEqual(sizes);
  });
});
