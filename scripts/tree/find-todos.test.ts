import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { root } from "../turbo.ts";
import { findTodos } from "./find-todos.ts";

it("finds no mark in this repository", async () => {
  expect(await findTodos(root)).toEqual([]);
});

it("finds marks with a text and without, in files that Git does not ignore", async () => {
  const folder = await mkdtemp(join(tmpdir(), "todos-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const files = {
    ".gitignore": "dist\n",
    "dist/a.ts": "// TODO: Ignored.\n",
    "spec/a.yaml": "title: TODO\ndescription: |\n  TODO: Describe it.\n",
    ".changeset/a.md": "Add it. TODO: Why.\n",
    "src/a.ts": "// Not a TODO list, and no mark.\nconst TODOS = 1;\n",
    "image.png": "TODO: not text",
  };
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  execFileSync("git", ["init", "--quiet"], { cwd: folder });
  expect(await findTodos(folder)).toEqual([
    { file: ".changeset/a.md", line: 1, text: "Add it. TODO: Why." },
    { file: "spec/a.yaml", line: 1, text: "title: TODO" },
    { file: "spec/a.yaml", line: 3, text: "TODO: Describe it." },
  ]);
});
