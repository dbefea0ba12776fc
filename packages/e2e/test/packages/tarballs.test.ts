import { readdir, readFile, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { beforeAll, describe, expect, it } from "vitest";
import { installCommand, type PackedPackage } from "../../../../scripts/pack/pack-packages.ts";
import { root } from "../../../../scripts/turbo.ts";
import { oldestNodeVersion, oldestServerNodeVersion } from "../consumer/install-consumer.ts";
import { packedPackages } from "../support/packed-packages.ts";
import { run } from "../support/run.ts";
import { tarballBudgets } from "./sizes/tarball-budgets.ts";
import { contentOf, growthOf, recordedContents } from "./sizes/tarball-content.ts";

const require = createRequire(import.meta.url);
const repository = "https://github.com/memory-api/contract";
const folders = new Map(
  [
    "packages/client",
    "packages/conformance",
    "packages/json-schema-arbitrary",
    "packages/mock",
    "packages/server",
    "spec",
    "packages/types",
  ].map((folder) => [`@memory-api/${basename(folder)}`, folder]),
);
/** Scripts that a package manager runs when it installs a package. */
const installScripts = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];
const published = [...folders.keys()];
const resolutionKinds = ["node10", "node16-cjs", "node16-esm", "bundler"];
const code = /^dist\/[\w-]+(\/[\w-]+)*\.(js|d\.ts)$/;
/** Files that the build of the server generates. Some are CommonJS, and one is the schema of its configuration. */
const generated = /^dist\/generated\/[\w-]+\.(js|d\.ts|cjs|d\.cts|schema\.json)$/;
const contract = /^(index\.js|dist\/index\.d\.ts|dist\/([\w-]+\/)?[\w.-]+\.(json|yaml))$/;

let packages: ReadonlyMap<string, PackedPackage>;

beforeAll(async () => {
  packages = await packedPackages();
});

describe("the published packages", () => {
  it("are exactly the expected ones", () => {
    expect([...packages.keys()].sort()).toEqual(published);
  });

  it("are installed with one command", () => {
    const [npm, install, ...tarballs] = installCommand(packages.values()).split(" ");
    expect([npm, install]).toEqual(["npm", "i"]);
    expect(tarballs.sort()).toEqual(published.map((name) => packages.get(name)?.filename));
  });
});

/** The files of a package that are neither built code nor usual. */
const otherFiles: Readonly<Record<string, readonly string[]>> = {
  "@memory-api/conformance": ["usage-manifest.schema.json"],
  // The page of the sandbox, whose script is bundled.
  "@memory-api/server": ["dist/page/index.html", "dist/page/page.css"],
  "@memory-api/spec": ["deprecations.js", "dist/deprecations.d.ts"],
};

describe.each(published)("%s", (name) => {
  const packed = () => {
    const found = packages.get(name);
    if (found === undefined) throw new Error(`${name} was not packed.`);
    return found;
  };
  const textOf = (path: string) => run("tar", ["-xzOf", packed().filename, `package/${path}`]);

  it("contains only its built files, README, manifest and license", () => {
    const expected = name === "@memory-api/spec" ? [contract] : [code, generated];
    const others = packed()
      .files.map(({ path }) => path)
      .filter((path) => !expected.some((pattern) => pattern.test(path)));
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json", ...(otherFiles[name] ?? [])].sort());
  });

  it("contains no file whose source was removed or renamed", async () => {
    const sources = new Set(
      await readdir(join(root, folders.get(name) ?? "", "src"), { recursive: true }).catch(() => []),
    );
    const sourceOf = (path: string) => path.replace(/^dist\/(web\/)?/, "").replace(/\.(d\.ts|js)$/, ".ts");
    const built = packed()
      .files.map(({ path }) => path)
      .filter((path) => code.test(path) && !generated.test(path) && path !== "dist/page/page.js");
    const isWithoutSource = (path: string) => name !== "@memory-api/spec" && !sources.has(sourceOf(path));
    expect(built.filter(isWithoutSource)).toEqual([]);
  });

  it("is within its budget", async ({ task }) => {
    const { size } = await stat(packed().filename);
    task.meta.coverage = `${size} of ${tarballBudgets[name]} bytes in the tarball of ${name}`;
    await expectWithinBudget(name, packed().filename, size);
  });

  it("depends on versions from a registry, not on this workspace", async () => {
    const manifest = await textOf("package.json");
    expect(manifest).not.toMatch(/"(workspace|catalog|file|link):/);
    for (const [dependency, version] of Object.entries(JSON.parse(manifest).dependencies ?? {})) {
      expect(version, dependency).toMatch(/^\d+\.\d+\.\d+/);
    }
  });

  it("says where its source, its page and its issues are, and what it is about", async () => {
    const { description, keywords, ...manifest } = JSON.parse(await textOf("package.json"));
    const directory = folders.get(name);
    expect(manifest).toMatchObject({
      repository: { type: "git", url: `git+${repository}.git`, directory },
      homepage: `${repository}/tree/main/${directory}#readme`,
      bugs: { url: `${repository}/issues` },
    });
    expect(description).toMatch(/^.{30,}\.$/);
    expect(keywords.length).toBeGreaterThanOrEqual(4);
    expect(new Set(keywords).size).toBe(keywords.length);
  });

  it("runs nothing when it is installed", async () => {
    const { scripts = {}, gypfile } = JSON.parse(await textOf("package.json"));
    expect(installScripts.filter((script) => script in scripts)).toEqual([]);
    // npm runs node-gyp for a package that contains this file.
    expect(packed().files.map(({ path }) => path)).not.toContain("binding.gyp");
    expect(gypfile).toBeUndefined();
  });

  it("requires the oldest Node.js that the consumer tests use, or a later one", async () => {
    const oldest = name === "@memory-api/server" ? oldestServerNodeVersion : oldestNodeVersion;
    expect(JSON.parse(await textOf("package.json")).engines).toEqual({ node: `>=${oldest}` });
  });

  it("passes publint, including its suggestions", async () => {
    const tarball = new Uint8Array(await readFile(packed().filename)).buffer;
    const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
    expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
  });

  it("passes arethetypeswrong with the strict profile, except where the resolution rules out the package", async () => {
    const attw = require.resolve("@arethetypeswrong/cli/package.json").replace("package.json", "dist/index.js");
    // The rules are only ignored for the exit code. The report contains all problems.
    const ignored = ["no-resolution", "untyped-resolution", "cjs-resolves-to-esm"];
    const options = ["--profile", "strict", "--no-definitely-typed", "--format", "json", "--ignore-rules", ...ignored];
    const { analysis } = JSON.parse(await run(process.execPath, [attw, packed().filename, ...options]));
    const problems: Problem[] = analysis.problems;
    const found = (subpath: string) =>
      problems
        .filter(({ entrypoint }) => entrypoint === subpath)
        .map(({ resolutionKind, kind }) => `${resolutionKind}: ${kind}`);
    const files = new Set(packed().files.map(({ path }) => `./${path}`));
    const subpaths = Object.keys(analysis.entrypoints);
    expect(subpaths).toContain(".");
    for (const subpath of subpaths)
      expect(found(subpath), subpath).toEqual(intendedProblems(name, subpath, files.has(subpath)));
  });
});

/** Fails with what has grown if a tarball exceeds its budget. */
async function expectWithinBudget(name: string, filename: string, size: number) {
  const budget = tarballBudgets[name] ?? 0;
  if (size <= budget) return;
  const grown = growthOf(await contentOf(filename), (await recordedContents())[name] ?? {});
  expect.fail(`The tarball of ${name} has ${size} bytes. Its budget is ${budget} bytes.\n${grown}`);
}

describe("the failure of the budget of a tarball", () => {
  it("names the folders and files that are new or larger than recorded, with both sizes", () => {
    const recorded = { "dist/larger": 120, "dist/much-larger.js": 10, "dist/same.js": 5, "dist/gone.js": 7 };
    const current = { "dist/larger": 300, "dist/much-larger.js": 900, "dist/same.js": 5, "dist/new.js": 50 };
    expect(growthOf(current, recorded).split("\n  ").slice(1)).toEqual([
      "dist/much-larger.js: 10 → 900 bytes",
      "dist/larger: 120 → 300 bytes",
      "dist/new.js: new → 50 bytes",
    ]);
  });

  it("is reported by the test of the tarball", async () => {
    const { filename = "" } = packages.get("@memory-api/types") ?? {};
    await expect(expectWithinBudget("@memory-api/types", filename, 1_000_000)).rejects.toThrow(
      /^The tarball of @memory-api\/types has 1000000 bytes.+\n.+tarball-content\.json/,
    );
    const content = await contentOf(filename);
    expect(growthOf(content, { ...content, "dist/generated": 1 })).toContain(
      `dist/generated: 1 → ${content["dist/generated"]}`,
    );
  });
});

/** A problem in the report of arethetypeswrong. */
interface Problem {
  readonly kind: string;
  readonly entrypoint: string;
  readonly resolutionKind: string;
}

/**
 * - `node10` does not read `exports`. TypeScript 6 deprecates it, and TypeScript 7 does not have it.
 * - `node16-cjs` does not know that Node.js 20.19 and later can require an ES module. `nodenext` knows it as of TypeScript
 *   5.8; the matrix runs both.
 * - YAML has no types.
 *
 * @param hasFile whether the package has a file with the path of the subpath, which `node10` finds
 */
function intendedProblems(name: string, subpath: string, hasFile: boolean): string[] {
  if (subpath.endsWith(".yaml")) return resolutionKinds.map((resolution) => `${resolution}: NoResolution`);
  if (subpath.includes("*") || hasFile) return [];
  if (subpath.endsWith(".json")) return ["node10: NoResolution"];
  // node10 finds the index.js of the contract, which has its types in `dist`.
  const node10 = name === "@memory-api/spec" ? "UntypedResolution" : "NoResolution";
  return [`node10: ${node10}`, "node16-cjs: CJSResolvesToESM"];
}
