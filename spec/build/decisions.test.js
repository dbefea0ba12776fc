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
  /** @type {{ description?: unknown, operationId?: unknown, "x-decision"?: unknown }} */
  const { description, operationId, "x-decision": isDecision } = node;
  const place = typeof operationId === "string" ? operationId : keys.filter((key) => key !== "components").join(" ");
  // In the properties of a schema these keys are names, and their values are schemas.
  const isOwn = isDecision === true && typeof description === "string";
  const own = isOwn ? [{ place, statements: statementsOf(description) }] : [];
  return [...own, ...Object.entries(node).flatMap(([key, child]) => decisionsIn(child, [...keys, key]))];
}

/**
 * The paragraph after a mark, and each item of the list that follows a mark directly or a paragraph that ends with a colon.
 *
 * @param {string} description
 */
function statementsOf(description) {
  const [, ...marked] = description.split(MARK);
  return marked.flatMap((text) => {
    const [paragraph = "", list = ""] = text.split(/[^\S\n]*\n\s*\n/);
    const items = /^$|:$/.test(paragraph.trim()) ? list.split(/^- /m) : [];
    return [paragraph, ...items].map((statement) => statement.replaceAll(/\s+/g, " ").trim()).filter(Boolean);
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
    const advice = "Update it: npx -y pnpm@12 --filter @memory-api/spec run test -u";
    await expect(page, advice).toMatchFileSnapshot("../decisions.md");
  });

  it("each have a statement", () => {
    expect(decisions.filter(({ statements }) => statements.length === 0)).toEqual([]);
  });
});

describe("a decision", () => {
  it.each([
    ["is the paragraph after the mark", "A.\n\n**Decided here:** B\nwraps.\n\nC.", ["B wraps."]],
    ["is the list after the mark", "**Decided here:**\n\n- A\n  wraps.\n- B\n\nC.", ["A wraps.", "B"]],
    ["is a paragraph and its list after a colon", "**Decided here:** Two:\n\n- A\n- B\n", ["Two:", "A", "B"]],
    ["is not a list after another paragraph", "**Decided here:** A.\n\n- B\n- C", ["A."]],
    ["may follow another", "**Decided here:** A.\n\nText.\n\n**Decided here:**\n\n- B", ["A.", "B"]],
  ])("%s", (_, description, statements) => {
    expect(decisionsIn({ description, "x-decision": true })).toEqual([{ place: "", statements }]);
  });

  it("is found beside a $ref and in a property named description, but is no property named x-decision", () => {
    const decided = { $ref: "#/components/schemas/Size", description: "**Decided here:** A.", "x-decision": true };
    const properties = { description: decided, "x-decision": true };
    expect(decisionsIn({ properties })).toEqual([{ place: "properties description", statements: ["A."] }]);
  });
});
