import { readFileSync } from "node:fs";

/** A fenced code block of a Markdown page. */
export interface CodeBlock {
  /** The last heading before the block. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

/** Returns the fenced code blocks of a page, in order. */
export function codeBlocks(page: URL): CodeBlock[] {
  let heading = "";
  const parts = readFileSync(page, "utf8").matchAll(/^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$/gms);
  return [...parts].flatMap(([, title, language = "", code = ""]) => {
    if (title === undefined) return { heading, language, code };
    heading = title;
    return [];
  });
}
