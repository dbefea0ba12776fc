import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { insertSorted, Tree } from "./tree.ts";

describe("insertSorted", () => {
  const paths = "paths:\n  /a:\n    $ref: a\n  /c:\n    $ref: c\ncomponents:\n  d: 1\n";
  const insert = (path: string) => insertSorted(paths, /^ {2}\/\w*:$/, `  ${path}:\n    $ref: new`).split("\n");

  it("inserts an entry before the first one that follows it", () => {
    expect(insert("/b").slice(2, 6)).toEqual(["    $ref: a", "  /b:", "    $ref: new", "  /c:"]);
  });

  it("inserts a path after the one that it begins with", () => {
    expect(insert("/a/b").slice(1, 5)).toEqual(["  /a:", "    $ref: a", "  /a/b:", "    $ref: new"]);
  });

  it("inserts the last entry after the lines of the one before", () => {
    expect(insert("/d").slice(4, 8)).toEqual(["    $ref: c", "  /d:", "    $ref: new", "components:"]);
  });
});

describe("a tree", () => {
  it("writes its changes all at once, and rejects those that do not fit", async () => {
    const folder = await mkdtemp(join(tmpdir(), "tree-"));
    onTestFinished(() => rm(folder, { recursive: true }));
    await writeFile(join(folder, "a.txt"), "one\n");
    const tree = new Tree(folder);
    tree.create("new/b.txt", "two\n");
    tree.edit("a.txt", (text) => `${text}more\n`);
    expect(() => tree.create("a.txt", "")).toThrow("a.txt exists.");
    expect(() => tree.edit("a.txt", (text) => text)).toThrow("a.txt has no place for the new lines.");
    expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("one\n");
    tree.write();
    expect(tree.changed).toEqual(["new/b.txt", "a.txt"]);
    expect(await readFile(join(folder, "a.txt"), "utf8")).toBe("one\nmore\n");
    expect(await readFile(join(folder, "new/b.txt"), "utf8")).toBe("two\n");
  });
});
