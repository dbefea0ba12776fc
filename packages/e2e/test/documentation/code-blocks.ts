import { readFileSync } from "node:fs";

/** A fenced code block of a Markdown page. */
export interface CodeBlock {
  /** The last heading before the block. */
  readonly heading: string;
  readonly language: string;
  /** The rest of the line that opens the block, such as `run=never reason="…"`. */
  readonly meta: string;
  readonly code: string;
}

/** Returns the code blocks of a page that contain their code and run, in order. */
export function codeBlocks(page: URL): CodeBlock[] {
  return allCodeBlocks(page).filter(({ meta }) => meta === "");
}

/** Returns all code blocks of a page, in order, including those that are marked, or filled from a file. */
export function allCodeBlocks(page: URL): CodeBlock[] {
  let heading = "";
  const parts = readFileSync(page, "utf8").matchAll(/^#+ ([^\n]+)$|^```(\w*) ?([^\n]*)\n(.*?)^```$/gms);
  return [...parts].flatMap(([, title, language = "", meta = "", code = ""]) => {
    if (title === undefined) return { heading, language, meta, code };
    heading = title;
    return [];
  });
}
