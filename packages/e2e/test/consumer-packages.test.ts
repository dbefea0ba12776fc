import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { installCommand, type PackedPackage, packPackages } from "../../../scripts/pack/pack-packages.ts";
import { oldestNodeVersion, oldestServerNodeVersion } from "./consumer/install-consumer.ts";
import { run } from "./support/run.ts";

const require = createRequire(import.meta.url);
const published = ["client", "conformance", "json-schema-arbitrary", "mock", "server", "spec", "types"].map(
  (name) => `@memory-api/${name}`,
);
const code = /^dist\/[\w-]+(\/[\w-]+)*\.(js|d\.ts)$/;
/** Files that the build of the server generates. Some are CommonJS, and one is the schema of its configuration. */
const generated = /^dist\/generated\/[\w-]+\.(js|d\.ts|cjs|d\.cts|schema\.json)$/;
const contract = /^(index\.js|dist\/index\.d\.ts|dist\/([\w-]+\/)?[\w.-]+\.(json|yaml))$/;

let folder: string;
let packages: Map<string, PackedPackage>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-api-packages-"));
  packages = await packPackages(folder);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

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
    const schemas = name === "@memory-api/conformance" ? ["usage-manifest.schema.json"] : [];
    expect(others.sort()).toEqual(["LICENSE", "README.md", "package.json", ...schemas]);
  });

  it("depends on versions from a registry, not on this workspace", async () => {
    const manifest = await textOf("package.json");
    expect(manifest).not.toMatch(/"(workspace|catalog|file|link):/);
    for (const [dependency, version] of Object.entries(JSON.parse(manifest).dependencies ?? {})) {
      expect(version, dependency).toMatch(/^\d+\.\d+\.\d+/);
    }
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

  // The packages contain only ES modules, which `require` cannot load according to TypeScript's `node16`. The supported
  // versions of Node.js can do it, and consumer.test.ts tests this. The YAML file is excluded because it has no types.
  it("passes arethetypeswrong with the esm-only profile", async () => {
    const attw = require.resolve("@arethetypeswrong/cli/package.json").replace("package.json", "dist/index.js");
    const options = ["--profile", "esm-only", "--no-definitely-typed", "--exclude-entrypoints", "openapi.yaml"];
    await run(process.execPath, [attw, packed().filename, ...options]);
  });
});
