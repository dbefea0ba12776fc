import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it, onTestFinished } from "vitest";
import { missingNames } from "./missing-names.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "missing-names-"));
  onTestFinished(() => rm(root, { recursive: true }));
  await mkdir(join(root, "src/http"), { recursive: true });
  await writeFile(join(root, "src/http/app.ts"), "");
  await writeFile(join(root, "package.json"), '{ "scripts": { "quick": "true" } }');
});

async function missingIn(...lines: string[]): Promise<string[]> {
  await writeFile(join(root, "page.md"), lines.join("\n"));
  return (await missingNames(root, "page.md")).map(({ line, text }) => `${line}: ${text}`);
}

it("finds files, folders and scripts that do not exist, in code and in links", async () => {
  expect(
    await missingIn(
      "`src/http`, `src/https`",
      "[a](src/http/app.ts), [b](src/app.ts#b)",
      "`npx -y pnpm@12 run quickly`",
    ),
  ).toEqual(["1: there is no src/https", "2: there is no src/app.ts", "3: there is no npx -y pnpm@12 run quickly"]);
});

it("accepts names that are relative to a folder of the same line or item", async () => {
  expect(await missingIn("| A | `app.ts` in `src/http`; `src/http/app.ts`, then `http` |")).toEqual([]);
  expect(await missingIn("- `src/http`, and", "  `app.ts`")).toEqual([]);
  expect(await missingIn("`src/http`", "`app.ts`")).toEqual(["2: there is no app.ts"]);
});

it("accepts words in angle brackets, globs, packages, code and commands", async () => {
  const names = ["src/<resource>/app.ts", "src/*", "@memory-api/client", "meta.nextToken", "a/b c", "405"];
  const commands = [
    "npx -y pnpm@12 run quick",
    "npx -y pnpm@12 exec turbo run test",
    "npx -y pnpm@12 --filter a run b",
  ];
  expect(
    await missingIn([...names, ...commands].map((name) => `\`${name}\``).join(" "), "[web](https://example.com/a)"),
  ).toEqual([]);
});
