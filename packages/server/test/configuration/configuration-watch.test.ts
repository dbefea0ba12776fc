import { appendFile, mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigurationWatch } from "../../src/configuration/configuration-watch.ts";
import { temporarySecrets } from "../../src/configuration/generated-secrets.ts";
import { type LoadedConfiguration, loadConfiguration } from "../../src/configuration/load-configuration.ts";
import { temporaryFolder } from "./temporary-folder.ts";

const portOf = (port: number | string) => `port: ${port}\n`;

/** Watches a configuration file that contains port 1, or the port 1 in the folder of a link. */
async function watched(config: string) {
  const reloads: (number | string)[] = [];
  const load = (files?: readonly string[]) =>
    loadConfiguration({ config }, { generatedSecrets: () => temporarySecrets }, files);
  const outcomeOf = ({ settings }: LoadedConfiguration) => {
    try {
      return settings().settings.port;
    } catch (error) {
      return String(error).split("\n").at(-1)?.replace(config, "memory.yaml") ?? "";
    }
  };
  const watch = new ConfigurationWatch(await load(), async (files) => {
    const loaded = await load(files);
    reloads.push(outcomeOf(loaded));
    return loaded;
  });
  return { watch, reloads };
}

async function watchedFile() {
  const folder = await temporaryFolder();
  const config = join(folder, "memory.yaml");
  await writeFile(config, portOf(1));
  return { folder, config, ...(await watched(config)) };
}

describe("the watch of a configuration", () => {
  it("loads nothing while nothing changes, also if a file is written again with the same content", async () => {
    const { watch, reloads, config } = await watchedFile();
    for (let looks = 0; looks < 3; looks++) await watch.look();
    await writeFile(config, portOf(1));
    for (let looks = 0; looks < 3; looks++) await watch.look();
    expect(reloads).toEqual([]);
  });

  it("loads a file that is replaced by another name, once", async () => {
    const { watch, reloads, folder, config } = await watchedFile();
    await writeFile(join(folder, "next"), portOf(2));
    await rename(join(folder, "next"), config);
    for (let looks = 0; looks < 4; looks++) await watch.look();
    expect(reloads).toEqual([2]);
  });

  it("loads the files behind a symbolic link that is switched, as Kubernetes does", async () => {
    const folder = await temporaryFolder();
    for (const [name, port] of [
      ["..old", 1],
      ["..new", 2],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "memory.yaml"), portOf(port));
    }
    await symlink("..old", join(folder, "..data"));
    await symlink("..data/memory.yaml", join(folder, "memory.yaml"));
    const { watch, reloads } = await watched(join(folder, "memory.yaml"));
    await symlink("..new", join(folder, "..next"));
    await rename(join(folder, "..next"), join(folder, "..data"));
    for (let looks = 0; looks < 3; looks++) await watch.look();
    expect(reloads).toEqual([2]);
  });

  it("leaves a file alone while it is being written, even if its beginning is a valid configuration", async () => {
    const { watch, reloads, config } = await watchedFile();
    await writeFile(config, "logLevel: debug\n");
    await watch.look();
    await appendFile(config, "port:");
    await watch.look();
    await appendFile(config, " 2\n");
    await watch.look();
    expect(reloads).toEqual([]);
    await watch.look();
    expect(reloads).toEqual([2]);
  });

  it("loads only the last of many changes in quick succession", async () => {
    const { watch, reloads, config } = await watchedFile();
    for (let port = 2; port < 50; port++) {
      await writeFile(config, portOf(port));
      await watch.look();
    }
    await watch.look();
    expect(reloads).toEqual([49]);
  });

  it("refuses a file that vanished once, and loads it when it is there again", async () => {
    const { watch, reloads, config } = await watchedFile();
    await rm(config);
    for (let looks = 0; looks < 4; looks++) await watch.look();
    expect(reloads).toEqual(["memory.yaml: cannot be read (ENOENT)"]);
    await writeFile(config, portOf(1));
    for (let looks = 0; looks < 4; looks++) await watch.look();
    expect(reloads.slice(1)).toEqual([1]);
  });

  it("loads a configuration that was refused when the file of a secret, which was missing, is there", async () => {
    const { watch, reloads, folder, config } = await watchedFile();
    await writeFile(config, `${portOf(2)}signingKeys: [{ id: first, secretFile: key }]`);
    for (let looks = 0; looks < 3; looks++) await watch.look();
    expect(reloads).toEqual([expect.stringContaining("key cannot be read (ENOENT)")]);
    await writeFile(join(folder, "key"), "k".repeat(32));
    for (let looks = 0; looks < 3; looks++) await watch.look();
    expect(reloads.slice(1)).toEqual([2]);
  });

  it("does not load a change again that was loaded on request", async () => {
    const { watch, reloads, config } = await watchedFile();
    await writeFile(config, portOf(2));
    await watch.look();
    await watch.request();
    for (let looks = 0; looks < 3; looks++) await watch.look();
    expect(reloads).toEqual([2]);
  });

  it("loads on request even if nothing changed", async () => {
    const { watch, reloads } = await watchedFile();
    await watch.request();
    expect(reloads).toEqual([1]);
  });

  it("runs one reload at a time, and one more for all requests that arrive during it", async () => {
    const { watch, reloads, config } = await watchedFile();
    const first = watch.request();
    await writeFile(config, portOf(2));
    await Promise.all([first, watch.request(), watch.request(), watch.request()]);
    expect(reloads.at(-1)).toBe(2);
    expect(reloads.length).toBeLessThanOrEqual(2);
  });
});
