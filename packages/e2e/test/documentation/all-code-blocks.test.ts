import { existsSync, globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import { openapi } from "@memory-api/spec";
import { describe, expect, it } from "vitest";
import { allCodeBlocks, type CodeBlock } from "./code-blocks.ts";
import { pages, root } from "./pages.ts";

/** How the tests run the code blocks of a page. */
interface Runner {
  readonly page: string;
  /** The tests that run them. */
  readonly test: string;
  readonly runs: (block: CodeBlock) => boolean;
}

const documentation = "packages/e2e/test/documentation";
const language =
  (...languages: string[]) =>
  (block: CodeBlock) =>
    languages.includes(block.language);

const runners: readonly Runner[] = [
  { page: "docs/testing.md", ...partOf(`${documentation}/testing-guide/*`) },
  { page: "docs/openapi-fetch.md", ...partOf(`${documentation}/openapi-fetch-guide/*`) },
  { page: "docs/migration.md", test: `${documentation}/migration.test.ts`, runs: language("js", "ts") },
  {
    page: "packages/client/README.md",
    test: `${documentation}/client-readme.test.ts`,
    runs: (block) => language("ts")(block) || (block.language === "sh" && block.heading === "The command"),
  },
  ...["README.md", "spec/README.md", "packages/types/README.md"].map((page) => ({
    page,
    test: "packages/e2e/test/consumer.test.ts",
    runs: language("ts"),
  })),
  { page: "docs/operations.md", test: "packages/server/test/http/observation.test.ts", runs: language("json") },
  { page: "packages/server/README.md", ...partOf(`${documentation}/testing-guide/msw.test.ts`) },
  ...["mock", "server", "json-schema-arbitrary"].map((name) => ({
    page: `packages/${name}/README.md`,
    ...partOf(`packages/${name}/test/example.test.ts`),
  })),
  {
    page: "packages/conformance/README.md",
    test: "packages/conformance/test/readme.test.ts",
    runs: ({ code }) => /runConformance|since:|dataType:/.test(code),
  },
  {
    page: "packages/docs/src/content/docs/guides/errors-and-retries.md",
    test: `${documentation}/all-code-blocks.test.ts`,
    runs: (block) => language("json")(block) && isExample(JSON.parse(block.code)),
  },
  { page: "docs/operations.md", ...partOf("deploy/{pgbouncer,haproxy,postgresql}/*") },
  { page: "docs/operations.md", test: "packages/server/test/runbook/runbook.test.ts", runs: language("sql") },
  { page: "docs/consumer-tests.md", ...partOf(`${documentation}/testing-guide/contract.test.ts`) },
];

/** The blocks of a page that are part of files that the tests run. */
function partOf(pattern: string): Omit<Runner, "page"> {
  const files = globSync(pattern, { cwd: fileURLToPath(root) });
  const texts = files.map((file) => readFileSync(new URL(file, root), "utf8"));
  return { test: files[0] ?? pattern, runs: ({ code }) => texts.some((text) => text.includes(code)) };
}

/** Whether the contract has this value as an example. */
function isExample(value: unknown): boolean {
  const examples = Object.values(openapi.components?.examples ?? {});
  return examples.some((example) => "value" in example && isDeepStrictEqual(example.value, value));
}

const blocks = pages.flatMap((page) => allCodeBlocks(new URL(page, root)).map((block) => ({ page, ...block })));
const isMarked = ({ meta }: CodeBlock) => meta.startsWith("run=never ");
const isDrawing = ({ language, code }: CodeBlock) => language === "mermaid" || (language === "" && /[▶◀▲▼]/.test(code));
const isIncluded = ({ meta }: CodeBlock) => meta.startsWith("file=");
const runnersOf = ({ page, ...block }: (typeof blocks)[number]) =>
  runners.filter((runner) => runner.page === page && runner.runs(block));

describe("each code block in the documentation", () => {
  it("runs in the tests, is the content of a sample, or says why it never runs", ({ task }) => {
    const plain = blocks.filter((block) => !isMarked(block) && !isIncluded(block) && !isDrawing(block));
    const unknown = plain.filter((block) => block.meta !== "" || runnersOf(block).length === 0);
    expect(unknown.map(({ page, heading, code }) => `${page}, ${heading}: ${code.slice(0, 60)}`)).toEqual([]);

    const [included = 0, marked = 0, drawings = 0] = [isIncluded, isMarked, isDrawing].map(
      (is) => blocks.filter(is).length,
    );
    task.meta.coverage = `${blocks.length - drawings} code blocks of ${pages.length} pages: ${plain.length} run in tests, ${included} are samples, ${marked} never run`;
    console.log(task.meta.coverage);
  });

  it.each(blocks.filter(isMarked).map((block) => [block.page, block.heading, block.meta] as const))(
    "that never runs has a reason: %s, %s",
    (_page, _heading, meta) => {
      expect(meta).toMatch(/^run=never reason="[^"]{15,}"$/);
    },
  );

  it.each(blocks.filter(isIncluded).map(({ page, meta, code }) => [page, meta, code] as const))(
    "that is a sample names a file that the tests run, and has no code of its own: %s, %s",
    (_page, meta, code) => {
      const [, file = ""] = /^file=((?:guides|curl|sdk|openapi-fetch|vendor-sdk|python)\/\S+)$/.exec(meta) ?? [];
      expect(existsSync(new URL(`examples/samples/${file}`, root)) && file).not.toBe("");
      expect(code).toBe("");
    },
  );
});

it.each(runners.map((runner) => [runner.page, runner.test, runner] as const))(
  "the blocks of %s that %s runs exist",
  (page, test, runner) => {
    expect(existsSync(new URL(test, root))).toBe(true);
    expect(blocks.filter((block) => block.page === page && runner.runs(block))).not.toEqual([]);
  },
);
