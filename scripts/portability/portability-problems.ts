import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

const CODE = /\.[cm]?[jt]sx?$/;

/** Code that fails on Windows, and what to write instead. */
const RULES: readonly [pattern: RegExp, instead: string][] = [
  [/import\.meta\.url\)\.pathname/g, "fileURLToPath(…): a pathname starts with a slash and is percent-encoded"],
  [/\bimport\(\s*(?:`\$\{\w+\}|(?:join|resolve)\()/g, "import(pathToFileURL(…).href): C: would be the scheme of a URL"],
  [/["'`]file:\/\/\$\{/g, "pathToFileURL(…): a path can have a drive letter and backslashes"],
];

const RESERVED_NAME = /[<>:"|?*\\]|[. ](?:\/|$)|(?:^|\/)(?:con|prn|aux|nul|com\d|lpt\d)(?:[./]|$)/i;

/**
 * Returns why the files that git does not ignore would not work on Windows, one line for each problem: code that confuses paths and URLs,
 * line endings that a checkout would change, and names that Windows does not accept.
 */
export async function portabilityProblems(root: string): Promise<string[]> {
  const files = await gitList(root, []);
  const code = files.filter((file) => CODE.test(file) && !file.startsWith("scripts/portability/"));
  const codeProblems = await Promise.all(
    code.map(async (file) => problemsIn(await textOf(join(root, file))).map((problem) => `${file}:${problem}`)),
  );
  return [
    ...codeProblems.flat(),
    ...(await lineEndingProblems(root)),
    ...files.filter((file) => RESERVED_NAME.test(file)).map((file) => `${file}: Windows does not accept this name.`),
    ...sameNames(files).map((file) => `${file}: another name differs only by its case, so it is the same on Windows.`),
  ];
}

function problemsIn(text: string): string[] {
  return RULES.flatMap(([pattern, instead]) =>
    [...text.matchAll(pattern)].map(({ index }) => `${text.slice(0, index).split("\n").length}: Use ${instead}.`),
  );
}

/** A checkout on Windows must have the same line endings, or generated files and golden reports would differ. */
async function lineEndingProblems(root: string): Promise<string[]> {
  const lines = await gitList(root, ["--eol"]);
  return lines.flatMap((line) => {
    const [, index = "", attributes = "", file = ""] = /^i\/(\S*) +w\/\S* +attr\/(.*?) *\t(.*)$/s.exec(line) ?? [];
    if (index === "-text" || (/^(?:lf|none)?$/.test(index) && attributes.includes("eol=lf"))) return [];
    return [`${file}: Set eol=lf in .gitattributes, and run: git add --renormalize .`];
  });
}

/** Returns an empty text for a file that was deleted and that git still lists. */
function textOf(file: string): Promise<string> {
  return readFile(file, "utf8").catch(() => "");
}

function sameNames(files: readonly string[]): string[] {
  const names = files.map((file) => file.toLowerCase());
  return files.filter((_, index) => names.indexOf(names[index] ?? "") !== index);
}

async function gitList(root: string, options: readonly string[]): Promise<string[]> {
  const args = ["ls-files", "-z", "--cached", "--others", "--exclude-standard", ...options];
  const { stdout } = await promisify(execFile)("git", args, { cwd: root, maxBuffer: 64 * 2 ** 20 });
  return stdout.split("\0").slice(0, -1);
}
