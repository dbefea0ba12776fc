import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { importCopy, isOpen } from "./embedded-postgres.ts";
import { freePort, reasonWithoutBinary } from "./postgres-for-tests.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "memory-api-postgres-"));
  await mkdir(join(folder, "inner"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("a folder below one with restricted permissions", () => {
  it.each([
    [0o755, true],
    [0o711, true],
    [0o700, false],
  ])("with mode %o is accessible to everyone: %s", async (mode, expected) => {
    await chmod(folder, mode);
    expect(await isOpen(join(folder, "inner"), tmpdir())).toBe(expected);
  });
});

describe("a copy of embedded-postgres", () => {
  beforeEach(({ skip }) => skip(reasonWithoutBinary !== undefined, reasonWithoutBinary));

  it("runs like the installed package", async () => {
    const { default: EmbeddedPostgres } = await importCopy();
    const server = new EmbeddedPostgres({
      ...{ databaseDir: join(folder, "inner"), port: await freePort(), persistent: false },
      createPostgresUser: process.getuid?.() === 0,
      onLog: () => {},
    });
    await chmod(folder, 0o755);
    await server.initialise();
    await server.start();
    onTestFinished(() => server.stop());
    const client = server.getPgClient("postgres", "127.0.0.1");
    await client.connect();
    const { rows } = await client.query("SELECT 1 AS one");
    await client.end();
    expect(rows).toEqual([{ one: 1 }]);
  });
});
