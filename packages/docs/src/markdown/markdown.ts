import { createMarkdownProcessor } from "@astrojs/markdown-remark";
import rehypeHighlight from "rehype-highlight";
import { pageOf } from "../contract/pages.ts";
import { importStates } from "../drawings/import-states.ts";
import { mergeSteps } from "../drawings/merge-steps.ts";
import { focusable } from "./focusable.ts";
import { languages } from "./highlight.ts";
import { includeCode } from "./include-code.ts";
import { includeDrawings } from "./include-drawings.ts";
import { linkCode } from "./link-code.ts";
import { markDecisions } from "./mark-decisions.ts";
import { repositoryLinks } from "./repository-links.ts";

/** How every Markdown text is rendered: the pages of this site, and the descriptions of the contract. */
export const markdownOptions = {
  syntaxHighlight: false,
  smartypants: false,
  remarkPlugins: [includeCode, includeDrawings({ "import-states": importStates, "merge-steps": mergeSteps })],
  rehypePlugins: [
    [rehypeHighlight, { languages, detect: false }],
    repositoryLinks,
    markDecisions,
    linkCode(pageOf),
    focusable,
  ],
} satisfies Parameters<typeof createMarkdownProcessor>[0];

const processor = await createMarkdownProcessor(markdownOptions);

/** Renders a description of the contract. */
export async function renderMarkdown(text: string): Promise<string> {
  return (await processor.render(text)).code;
}
