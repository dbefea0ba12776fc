import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { portabilityProblems } from "./portability-problems.ts";

const attributes = { ".gitattributes": "* text=auto eol=lf\n" };

describe("portabilityProblems", () => {
  it("accepts code that converts paths and URLs, text with line feeds, and other files", async () => {
    const files = {
      "a.ts": 'import(pathToFileURL(path).href);\nfileURLToPath(new URL("b", import.meta.url));\n',
      "b.csv": "email\r\nada@example.com\r\n",
      "c.bin": "\u0000\r\n",
    };
    expect(await problemsOf({ ...attributes, ...files })).toEqual([]);
  });

  it.each([
    ['new URL("a.ts", import.meta.url).pathname', "fileURLToPath(…)"],
    [`import(\`$\{root}dist/cli.js\`)`, "import(pathToFileURL(…).href)"],
    ['import(join(root, "dist/cli.js"))', "import(pathToFileURL(…).href)"],
    [`\`file://$\{path}\``, "pathToFileURL(…)"],
  ])("finds code that confuses paths and URLs: %s", async (line, instead) => {
    expect(await problemsOf({ ...attributes, "a/b.mjs": `\n${line};\n` })).toEqual([
      expect.stringContaining(`a/b.mjs:2: Use ${instead}`),
    ]);
  });

  it("finds files whose line endings a checkout would change", async () => {
    expect(await problemsOf({ "golden.txt": "a\n" })).toEqual([
      "golden.txt: Set eol=lf in .gitattributes, and run: git add --renormalize .",
    ]);
    expect(await problemsOf({ "golden.txt": "a\r\n", ".gitattributes": "* text=auto eol=lf\n*.txt -text\n" })).toEqual([
      "golden.txt: Set eol=lf in .gitattributes, and run: git add --renormalize .",
    ]);
  });

  it.each(["aux.ts", "nul", "a/con.test.ts", "a:b", "a ", "a/b."])(
    "finds a name that Windows does not accept: %s",
    async (name) => {
      expect(await problemsOf({ ...attributes, [name]: "" })).toEqual([`${name}: Windows does not accept this name.`]);
    },
  );

  it("finds names that differ only by their case", async () => {
    expect(await problemsOf({ ...attributes, "README.md": "", "readme.md": "" })).toEqual([
      "readme.md: another name differs only by its case, so it is the same on Windows.",
    ]);
  });
});

/** Returns the problems of a repository with these files. */
async function problemsOf(files: Record<string, string>): Promise<string[]> {
  const folder = await mkdtemp(join(tmpdir(), "portability-"));
  onTestFinished(() => rm(folder, { recursive: true }));
  const git = (...args: string[]) => execFileSync("git", args, { cwd: folder, stdio: "ignore" });
  git("init");
  for (const [path, text] of Object.entries(files)) {
    await mkdir(join(folder, dirname(path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
  git("add", "--all");
  return portabilityProblems(folder);
}
