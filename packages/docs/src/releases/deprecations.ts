import * as spec from "@memory-api/spec";

interface Deprecations {
  deprecationsOf(document: object): readonly object[];
  deprecationTable(deprecations: readonly object[]): string;
}

/** What is deprecated in the contract: a table in Markdown, or a sentence if there is nothing. */
export const deprecations = isAvailable(spec)
  ? spec.deprecationTable(spec.deprecationsOf(spec.openapi))
  : "Nothing is deprecated.";

function isAvailable(contract: object): contract is Deprecations {
  return "deprecationTable" in contract;
}
