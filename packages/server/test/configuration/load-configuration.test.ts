import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { loadConfiguration } from "../../src/configuration/load-configuration.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const [key, otherKey] = ["k".repeat(32), "o".repeat(32)];

/** Writes a configuration with one signing key, and the file of the key. */
async function writeKey(folder: string, id: string, secret: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "memory.yaml"), `signingKeys: [{ id: ${id}, secretFile: key }]`);
  await writeFile(join(folder, "key"), secret);
}

const load = (config: string, files?: readonly string[]) =>
  loadConfiguration({ config }, { generatedSecrets: () => temporarySecrets }, files);

describe("loading a configuration", () => {
  it("returns its settings, and the files that it consists of", async () => {
    const folder = await temporaryFolder();
    const config = join(folder, "memory.yaml");
    await writeFile(join(folder, "key"), key);
    await writeFile(
      config,
      `databaseUrlFile: url
accounts: [{ sid: AC${"1".repeat(32)}, credentials: [{ username: SK1, secretFile: secret }, { username: SK2, secretSha256: "${"0".repeat(64)}" }] }]
signingKeys: [{ id: first, secretFile: key }]`,
    );
    await writeFile(join(folder, "url"), "postgres://127.0.0.1/name");
    await writeFile(join(folder, "secret"), "hunter2");
    const { files, settings } = await load(config);
    expect(files).toEqual(["memory.yaml", "url", "secret", "key"].map((name) => join(folder, name)));
    expect(settings().settings.signingKeys).toEqual([{ id: "first", secret: Buffer.from(key) }]);
  });

  it("returns the files of an invalid configuration, too, so that a correction is noticed", async () => {
    const folder = await temporaryFolder();
    const config = join(folder, "memory.yaml");
    await writeFile(config, "signingKeys: [{ id: first, secretFile: key }]");
    const { files, settings } = await load(config);
    expect(files).toEqual([config, join(folder, "key")]);
    expect(settings).toThrow("/signingKeys/0/secretFile: the file ");
  });

  it.each([
    ["does not exist", undefined],
    ["is not valid YAML", "a: b: c"],
  ])("returns a configuration file that %s", async (_, text) => {
    const config = join(await temporaryFolder(), "memory.yaml");
    if (text !== undefined) await writeFile(config, text);
    const { files, settings } = await load(config);
    expect(files).toEqual([config]);
    expect(settings).toThrow(config);
  });

  it("has a digest that depends on the content of each file, and on whether it exists", async () => {
    const folder = await temporaryFolder();
    const config = join(folder, "memory.yaml");
    const digests = new Set<string>();
    const addDigest = async () => digests.add((await load(config)).digest);
    await writeKey(folder, "first", key);
    await addDigest();
    // The same content again.
    await writeKey(folder, "first", key);
    await addDigest();
    expect(digests.size).toBe(1);
    await writeKey(folder, "first", otherKey);
    await addDigest();
    await writeKey(folder, "second", otherKey);
    await addDigest();
    await rm(join(folder, "key"));
    await addDigest();
    expect(digests.size).toBe(4);
  });

  it("never mixes two versions of its files, if a symbolic link is switched while they are read", async () => {
    const folder = await temporaryFolder();
    await writeKey(join(folder, "old"), "old", key);
    await writeKey(join(folder, "new"), "new", otherKey);
    await symlink("old", join(folder, "data"));
    const config = join(folder, "data", "memory.yaml");
    const { files } = await load(config);
    const seen = new Set<string>();
    for (let loads = 0; loads < 300; loads++) {
      await symlink(loads % 2 === 0 ? "new" : "old", join(folder, "next"));
      const loading = load(config, files);
      // At another moment of the load each time.
      for (let turns = 0; turns < loads % 20; turns++) await setImmediate();
      await rename(join(folder, "next"), join(folder, "data"));
      const [{ id, secret }] = (await loading).settings().settings.signingKeys;
      seen.add(`${id} ${secret}`);
    }
    expect(seen).toEqual(new Set([`old ${key}`, `new ${otherKey}`]));
  });
});
