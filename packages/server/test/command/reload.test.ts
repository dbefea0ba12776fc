import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, rename, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { memoryServer, untilReady } from "./memory-server.ts";

const sid = `AC${"1".repeat(32)}`;
const configurationOf = (...names: string[]) =>
  `accounts: [{ sid: ${sid}, credentials: [${names.map((name) => `{ username: ${name}, secretFile: ${name} }`)}] }]\n`;

/** Starts a server in a folder with a configuration and the secrets of two API keys. */
async function started(text = configurationOf("SK1"), options: readonly string[] = []) {
  const folder = await temporaryFolder();
  const config = join(folder, "memory.yaml");
  await writeFile(config, text);
  for (const name of ["SK1", "SK2"]) await writeFile(join(folder, name), `hunter2 of ${name}`);
  const child = memoryServer(["--config", config, "--port", "0", ...options], { cwd: folder });
  const log: Record<string, unknown>[] = [];
  createInterface({ input: child.stdout }).on("line", (line) => {
    if (line.startsWith("{")) log.push(JSON.parse(line));
  });
  const [, url = ""] = /listens on (.*)$/m.exec(await untilReady(child)) ?? [];
  return {
    ...{ child, folder, config, log },
    /** The log lines of reloads. */
    reloads: () => log.filter(({ msg }) => /^configuration/.test(String(msg))),
    async statusOf(name: string) {
      const headers = { Authorization: `Basic ${btoa(`${name}:hunter2 of ${name}`)}` };
      return (await fetch(`${url}/v1/Stores/mem_store_00000000000000000000000000/Profiles`, { headers })).status;
    },
  };
}

describe("memory-server at SIGHUP", () => {
  it("reloads its configuration, also after a mistake", async () => {
    const { child, config, reloads, statusOf } = await started();
    expect([await statusOf("SK1"), await statusOf("SK2")]).toEqual([200, 401]);

    await writeFile(config, configurationOf("SK1", "SK2"));
    child.kill("SIGHUP");
    await expect.poll(reloads).toHaveLength(1);
    expect(reloads()[0]).toMatchObject({ changed: ["accounts"] });
    expect([await statusOf("SK1"), await statusOf("SK2")]).toEqual([200, 200]);

    await writeFile(config, `${configurationOf("SK2")}prot: 1\nstores: [{ id: hunter2 }]`);
    child.kill("SIGHUP");
    await expect.poll(reloads).toHaveLength(2);
    expect(reloads()[1]).toMatchObject({
      msg: "configuration refused",
      mistakes: [
        { path: "/", reason: expect.stringContaining("has the unknown property prot") },
        { path: "/stores/0/id", reason: expect.stringContaining("must match pattern") },
      ],
    });
    expect(JSON.stringify(reloads())).not.toContain("hunter2");
    expect([await statusOf("SK1"), await statusOf("SK2")]).toEqual([200, 200]);

    await writeFile(config, configurationOf("SK2"));
    child.kill("SIGHUP");
    await expect.poll(reloads).toHaveLength(3);
    expect([await statusOf("SK1"), await statusOf("SK2")]).toEqual([401, 200]);
    child.kill("SIGTERM");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("reads the files of secrets again", async () => {
    const { child, folder, reloads, statusOf } = await started();
    await writeFile(join(folder, "SK1"), "another");
    child.kill("SIGHUP");
    await expect.poll(reloads).toHaveLength(1);
    expect(await statusOf("SK1")).toBe(401);
  });

  it("refuses a setting that needs a restart, and does not create another data folder", async () => {
    const { child, config, folder, reloads } = await started("data: data\n");
    await writeFile(config, "data: other\nport: 1\n");
    child.kill("SIGHUP");
    await expect.poll(reloads).toHaveLength(1);
    // The port is an option of the command, which overrides the file.
    expect(reloads()[0]).toMatchObject({ mistakes: [{ path: "/data" }] });
    expect(existsSync(join(folder, "other"))).toBe(false);
  });

  it("stops without a configuration, because its terminal was closed", async () => {
    const folder = await temporaryFolder();
    const child = memoryServer(["--port", "0", "--data", folder]);
    await untilReady(child);
    child.kill("SIGHUP");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("stops as a sandbox", async () => {
    const { child } = await started(configurationOf("SK1"), ["--sandbox"]);
    child.kill("SIGHUP");
    expect(await once(child, "exit")).toEqual([0, null]);
  });

  it("reloads once it listens if the signal arrives while it starts", async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "memory.yaml"), "data: data\n");
    const child = memoryServer(["--config", "memory.yaml", "--port", "0"], { cwd: folder });
    const output: string[] = [];
    child.stdout.on("data", (text) => output.push(String(text)));
    const ready = untilReady(child);
    // The command creates the folder after it has begun to receive signals.
    await expect.poll(() => existsSync(join(folder, "data")), { interval: 1 }).toBe(true);
    child.kill("SIGHUP");
    await ready;
    await expect.poll(() => output.join("")).toContain("configuration reloaded");
  });
});

describe("memory-server with reloadSeconds", () => {
  it("reloads files behind a symbolic link that is switched", async () => {
    const folder = await temporaryFolder();
    for (const [name, keys] of [
      ["..1", ["SK1"]],
      ["..2", ["SK1", "SK2"]],
    ] as const) {
      await mkdir(join(folder, name));
      await writeFile(join(folder, name, "memory.yaml"), `reloadSeconds: 1\n${configurationOf(...keys)}`);
      for (const key of ["SK1", "SK2"]) await writeFile(join(folder, name, key), `hunter2 of ${key}`);
    }
    await symlink("..1", join(folder, "..data"));
    for (const name of ["memory.yaml", "SK1", "SK2"]) await symlink(`..data/${name}`, join(folder, name));
    const child = memoryServer(["--config", join(folder, "memory.yaml"), "--port", "0"], { cwd: folder });
    const output: string[] = [];
    child.stdout.on("data", (text) => output.push(String(text)));
    await untilReady(child);
    await symlink("..2", join(folder, "..next"));
    await rename(join(folder, "..next"), join(folder, "..data"));
    await expect.poll(() => output.join(""), { timeout: 30_000 }).toContain('"changed":["accounts"]');
  });
});
