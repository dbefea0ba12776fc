import { readFileSync } from "node:fs";

/** A fenced block of a page of Markdown. */
export interface CodeBlock {
  /** The last heading before it. */
  readonly heading: string;
  readonly language: string;
  readonly code: string;
}

/** The fenced blocks of a page, in its order. */
export function codeBlocks(page: URL): CodeBlock[] {
  let heading = "";
  const parts = readFileSync(page, "utf8").matchAll(/^#+ ([^\n]+)$|^```(\w+)\n(.*?)^```$/gms);
  return [...parts].flatMap(([, title, language = "", code = ""]) => {
    if (title === undefined) return { heading, language, code };
    heading = title;
    return [];
  });
}
