import { type CodeBlock, codeBlocks } from "../code-blocks.ts";

/** The same in the vendor's SDK and in our client. */
export interface Pair {
  /** The heading that it stands under, and which of the page it is. */
  readonly name: string;
  readonly vendor: string;
  readonly ours: string;
}

/** The pairs of a page: each is a block of JavaScript, followed by one of TypeScript. */
export function readPairs(page: URL): Pair[] {
  const blocks = codeBlocks(page);
  return blocks.flatMap((vendor, index) => {
    const ours = blocks[index + 1];
    if (vendor.language !== "js") return [];
    if (ours?.language !== "ts") throw new Error(`${vendor.heading}: nothing of ours stands beside ${vendor.code}`);
    return { name: `${index + 1}, ${vendor.heading}`, vendor: vendor.code, ours: ours.code };
  });
}

/** Our blocks that stand alone, since the vendor's SDK has nothing like them. */
export function readOwn(page: URL): CodeBlock[] {
  const blocks = codeBlocks(page);
  return blocks.filter(({ language }, index) => language === "ts" && blocks[index - 1]?.language !== "js");
}
