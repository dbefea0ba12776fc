import { deprecationsOf, deprecationTable, openapi } from "@memory-api/spec";

/** What is deprecated in the contract: a table in Markdown, or a sentence if there is nothing. */
export const deprecations = deprecationTable(deprecationsOf(openapi));
