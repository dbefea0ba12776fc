import { createHash } from "node:crypto";
import { appendFile, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { type PackedFolder, packRelease } from "../../../../scripts/release/pack-release.ts";
import { publishRelease } from "../../../../scripts/release/publish-release.ts";
import { run } from "../support/run.ts";
import { commitAll, tagsOf } from "./git.ts";
import { type Registry, startRegistry } from "./registry.ts";
import { createSmallWorkspace, names } from "./small-workspace.ts";

const [first = "", second = "", third = ""] = names;

let registry: Registry;
let root: string;
let folder: string;
let packed: PackedFolder;

beforeEach(async () => {
  registry = await startRegistry();
  root = await createSmallWorkspace(registry);
  folder = `${root}-packed`;
  packed = await packRelease(root, folder);
  onTestFinished(async () => {
    await registry.stop();
    for (const created of [root, folder]) await rm(created, { recursive: true });
  });
});

describe("a publish", () => {
  it("publishes dependencies first, under the tag latest, and tags the commit", async () => {
    expect(await publish()).toEqual(names);
    expect(registry.publishRequests).toEqual(names);
    for (const name of names) expect((await registry.read(name))["dist-tags"]).toEqual({ latest: "1.0.0" });
    expect(await tagsOf(root)).toEqual(names.map((name) => `${name}@1.0.0`));
  });

  it("says what to do if git cannot create the tags, and creates them the next time", async () => {
    vi.stubEnv("GIT_CONFIG_GLOBAL", "/dev/null");
    onTestFinished(() => void vi.unstubAllEnvs());
    await git("config", "user.useConfigOnly", "true");
    await git("config", "--unset", "user.email");
    await expect(publish()).rejects.toThrow(`git did not create the tags ${first}@1.0.0, ${second}@1.0.0`);
    await git("config", "user.email", "rehearsal@example.com");
    expect(await publish()).toEqual([]);
    expect(await tagsOf(root)).toHaveLength(3);
  });
});

describe("a publish that fails", () => {
  it("stops at the package that the registry rejects, and the next publish publishes the rest", async () => {
    registry.decide = (name) => (name === second ? "reject" : "accept");
    await expect(publish()).rejects.toThrow(second);
    expect(registry.publishRequests).not.toContain(third);
    expect(await tagsOf(root)).toEqual([]);

    registry.publishRequests.length = 0;
    registry.decide = () => "accept";
    expect(await publish()).toEqual([second, third]);
    expect(registry.publishRequests).toEqual([second, third]);
    expect(await tagsOf(root)).toHaveLength(3);
  });

  it("does not publish again what the registry received before the connection broke", async () => {
    registry.decide = (name) => (name === second ? "accept and lose the response" : "accept");
    await expect(publish()).rejects.toThrow(second);

    registry.publishRequests.length = 0;
    expect(await publish()).toEqual([third]);
    expect(registry.publishRequests).toEqual([third]);
  });

  it("publishes nothing if the registry cannot be reached", async () => {
    await writeFile(join(root, ".npmrc"), "@memory-api:registry=http://127.0.0.1:9/");
    await expect(publish()).rejects.toThrow("The registry could not be read.");
    expect(registry.publishRequests).toEqual([]);
  });

  it("publishes nothing the second time if the first one succeeded", async () => {
    await publish();
    expect(await publish()).toEqual([]);
    expect(registry.publishRequests).toEqual(names);
  });
});

describe("a publish is refused", () => {
  const tarball = () => join(folder, "packages/memory-api-second-1.0.0.tgz");
  afterEach(() => expect(registry.publishRequests).toEqual([]));

  it("if a tarball was changed after it was packed", async () => {
    await appendFile(tarball(), "x");
    await expect(publish()).rejects.toThrow(
      "packages/memory-api-second-1.0.0.tgz is not the file that was packed, so nothing was published.",
    );
  });

  it("if the checksums and the plan were changed together with the tarball", async () => {
    const sums = join(folder, "SHA256SUMS");
    const before = sha256(await readFile(tarball()));
    await appendFile(tarball(), "x");
    const text = await readFile(sums, "utf8");
    expect(text).toContain(before);
    await writeFile(sums, text.replace(before, sha256(await readFile(tarball()))));
    await expect(publish()).rejects.toThrow("SHA256SUMS is not the file that was packed");
  });

  it("if the plan publishes under another tag than the packed one", async () => {
    const plan = join(folder, "publish-plan.json");
    await writeFile(plan, (await readFile(plan, "utf8")).replace('"latest"', '"next"'));
    await expect(publish()).rejects.toThrow("publish-plan.json is not the file that was packed");
  });

  it("if a tarball is missing", async () => {
    await rm(tarball());
    await expect(publish()).rejects.toThrow("ENOENT");
  });

  it("if the working tree is at another commit", async () => {
    const commit = (await git("rev-parse", "HEAD")).trim();
    await writeFile(join(root, "new"), "");
    await commitAll(root, "Change a package");
    await expect(publish()).rejects.toThrow(`git checkout ${commit}`);
  });
});

describe("a release", () => {
  it("is refused if the registry contains other content under the same version", async () => {
    await writeFile(join(root, "packages/1/index.js"), "");
    await commitAll(root, "Change a package");
    const other = `${folder}-other`;
    onTestFinished(() => rm(other, { recursive: true }));
    const { checksum } = await packRelease(root, other);
    await publishRelease(root, other, checksum);
    await git("checkout", "--quiet", "HEAD~");
    await expect(publish()).rejects.toThrow(`${second}@1.0.0 is in the registry with other content.`);
  });

  it("is not packed from files that are not committed", async () => {
    await writeFile(join(root, "packages/1/index.js"), "");
    await expect(packRelease(root, folder)).rejects.toThrow("?? packages/1/index.js");
  });

  it("contains only the packages whose version is not in the registry", async () => {
    await publish();
    await writeFile(join(root, "packages/2/package.json"), JSON.stringify({ name: third, version: "1.1.0" }));
    await commitAll(root, "Change a package");
    packed = await packRelease(root, folder);
    expect(packed.releases.map(({ name, version }) => [name, version])).toEqual([[third, "1.1.0"]]);
    expect(await publish()).toEqual([third]);
    expect((await registry.read(third))["dist-tags"]).toEqual({ latest: "1.1.0" });
  });
});

async function publish(): Promise<string[]> {
  return (await publishRelease(root, folder, packed.checksum)).map(({ name }) => name);
}

function git(...args: string[]): Promise<string> {
  return run("git", args, { cwd: root });
}

function sha256(content: Buffer): string {
  return createHash("sha256").update(content).digest("hex");
}
