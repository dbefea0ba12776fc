import { type CodeBlock, codeBlocks } from "../code-blocks.ts";

/** Two code blocks that do the same with the vendor's SDK and with our client. */
export interface Pair {
  /** Number of the first block on the page, and the heading above it. */
  readonly name: string;
  readonly vendor: string;
  readonly ours: string;
}

/** Returns the pairs of a page. A pair is a JavaScript block followed by a TypeScript block. */
export function readPairs(page: URL): Pair[] {
  const blocks = codeBlocks(page);
  return blocks.flatMap((vendor, index) => {
    const ours = blocks[index + 1];
    if (vendor.language !== "js") return [];
    if (ours?.language !== "ts") throw new Error(`${vendor.heading}: no TypeScript block follows ${vendor.code}`);
    return { name: `${index + 1}, ${vendor.heading}`, vendor: vendor.code, ours: ours.code };
  });
}

/** Returns the TypeScript blocks without a JavaScript block, because the vendor's SDK has no equivalent. */
export function readSingleBlocks(page: URL): CodeBlock[] {
  const blocks = codeBlocks(page);
  return blocks.filter(({ language }, index) => language === "ts" && blocks[index - 1]?.language !== "js");
}
