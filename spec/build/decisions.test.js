import { describe, expect, it } from "vitest";
import { openapi } from "../index.js";

const MARK = "**Decided here:**";

/**
 * The objects of the contract that contain a decision, with the statements that follow the mark.
 *
 * @param {unknown} node
 * @param {string[]} [keys] path to the node
 * @returns {{ place: string, statements: string[] }[]}
 */
function decisionsIn(node, keys = []) {
  if (typeof node !== "object" || node === null) return [];
  const { description, operationId, ...members } = /** @type {Record<string, unknown>} */ (node);
  const place = typeof operationId === "string" ? operationId : keys.filter((key) => key !== "components").join(" ");
  const own = members["x-decision"] === true ? [{ place, statements: statementsOf(String(description)) }] : [];
  return [...own, ...Object.entries(members).flatMap(([key, child]) => decisionsIn(child, [...keys, key]))];
}

/**
 * One for each item of the list that follows a mark, else the rest of its paragraph.
 *
 * @param {string} description
 */
function statementsOf(description) {
  const [, ...marked] = description.split(MARK);
  return marked.flatMap((text) => {
    const [paragraph = "", list = ""] = text.split("\n\n");
    const statements = [paragraph, ...(list.startsWith("- ") ? list.split(/^- /m) : [])];
    return statements.map((statement) => statement.replaceAll(/\s+/g, " ").trim()).filter(Boolean);
  });
}

describe("the decisions of the contract", () => {
  const decisions = decisionsIn(openapi);

  it("are those that decisions.md lists", async () => {
    const lines = decisions.flatMap(({ place, statements }) => [
      `\n## ${place}\n`,
      ...statements.map((statement) => `- ${statement}`),
    ]);
    const page = `# Decisions of the contract

The statements of the contract that do not come from the vendor's documentation, by operation or component. Generated: do
not edit. Regenerate with \`npx -y pnpm@12 --filter @memory-api/spec run test -u\`.
${lines.join("\n")}
`;
    await expect(page).toMatchFileSnapshot("../decisions.md");
  });

  it("each have a statement", () => {
    expect(decisions.filter(({ statements }) => statements.length === 0)).toEqual([]);
  });
});
