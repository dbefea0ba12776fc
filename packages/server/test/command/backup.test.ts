import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { startServerProcess } from "../support/server-process.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { administeredSettings, commandsOn, linesOf } from "./administered-server.ts";

const path = { storeId } as const;
const ROWS = 20_000;

async function serve(dataFolder: string) {
  const server = await startServerProcess({ ...administeredSettings, dataFolder });
  return { server, client: new KeepAliveClient(server.url) };
}

/** A file of people, and the import that announces it. */
function people(rows: number, name: string) {
  const csv = ["Email", ...Array.from({ length: rows }, (_, at) => `${name}${at}@example.com`), ""].join("\n");
  const columnMappings = [
    { columnName: "Email", traitGroup: "Contact", traitName: "email" },
    { columnName: "Name", traitGroup: "Contact", traitName: "firstName" },
  ];
  return { csv: csv.replaceAll("\n", ",x\n").replace("Email,x", "Email,Name"), columnMappings };
}

async function createImport(client: KeepAliveClient, rows: number, name: string) {
  const { csv, columnMappings } = people(rows, name);
  const body = { filename: `${name}.csv`, fileSize: csv.length, columnMappings };
  return { csv, ...bodyOf(await client.send("createProfilesImportV2", { path, body }), 201) };
}

const create = async (client: KeepAliveClient, email: string) =>
  bodyOf(await client.send("createProfile", { path, body: { traits: { Contact: { email } } } }), 202).id;

/** Backs up the folder into a new one, and restores it into another. */
async function backedUp(dataFolder: string) {
  const parent = await temporaryFolder();
  const backup = join(parent, "backup");
  const restored = join(parent, "restored");
  const written = await (await commandsOn({ dataFolder }))("backup", backup);
  expect(written).toMatchObject({ code: 0, complaint: "" });
  const run = await commandsOn({ dataFolder: restored });
  return { backup, restored, run, restore: () => run("restore", backup), written };
}

describe("memory-server backup", () => {
  it("copies a data folder during a PENDING and a PROCESSING import, which end after it is restored", async () => {
    const dataFolder = await temporaryFolder();
    const { client } = await serve(dataFolder);
    const profileId = await create(client, "ada@example.com");
    const waiting = await createImport(client, 1, "late");
    const running = await importInProgress(client, dataFolder);

    const { restored, backup, restore, written } = await backedUp(dataFolder);
    running.release();
    expect(written.printed).toMatch(/^Written: \S+, with 2 files of \d+ bytes and all writes before \S+Z\.\n$/);
    expect(await readdir(dirname(backup))).toEqual(["backup"]);
    expect(await restore()).toMatchObject({ code: 0, complaint: "" });

    const { client: after } = await serve(restored);
    const summary = { errors: 0, warnings: 0 };
    expect(await importEnd(after, storeId, running.importId)).toMatchObject({ status: "COMPLETED", summary });
    bodyOf(await after.upload(waiting.url, waiting.csv), 200);
    expect(await importEnd(after, storeId, waiting.importId)).toMatchObject({ status: "COMPLETED", summary });
    bodyOf(await after.send("fetchProfile", { path: { storeId, profileId } }), 200);
    const found = linesOf((await (await commandsOn({ dataFolder: restored }))("stores", "list", "--json")).printed);
    expect(found).toMatchObject([{ profiles: { count: ROWS + 2 } }]);
  });

  it("loses nothing that was acknowledged before, while profiles and imports are written", async () => {
    const dataFolder = await temporaryFolder();
    const { client } = await serve(dataFolder);
    const stop = new AbortController();
    const acknowledged: string[] = [];
    const writing = Promise.all(
      [0, 1, 2].map(async (writer) => {
        for (let at = 0; !stop.signal.aborted; at++) {
          acknowledged.push(await create(client, `w${writer}-${at}@example.com`));
          const { url, csv, importId } = await createImport(client, 3, `i${writer}-${at}-`);
          bodyOf(await client.upload(url, csv), 200);
          acknowledged.push(importId);
        }
      }),
    );
    await expect.poll(() => acknowledged.length).toBeGreaterThan(20);
    const before = [...acknowledged];
    const { restored, restore } = await backedUp(dataFolder);
    stop.abort();
    await writing;
    expect(await restore()).toMatchObject({ code: 0 });

    const { client: after } = await serve(restored);
    for (const id of before) {
      if (/^mem_import_/.test(id)) {
        const importId = id as `mem_import_${string}`;
        expect(await importEnd(after, storeId, importId)).toMatchObject({ status: "COMPLETED" });
      } else {
        const profileId = id as `mem_profile_${string}`;
        expect(await after.send("fetchProfile", { path: { storeId, profileId } })).toMatchObject({ status: 200 });
      }
    }
    const failed = await (await commandsOn({ dataFolder: restored }))(
      "imports",
      "list",
      "--status",
      "FAILED",
      "--json",
    );
    expect(failed.printed).toBe("");
  });

  it("contains the generated secrets, which only its owner can read, and prints none of them", async () => {
    const dataFolder = await temporaryFolder();
    await (await serve(dataFolder)).server.stop();
    const secret = '{"apiSecret":"canary-0a000000-0009"}';
    await writeFile(join(dataFolder, "credential.json"), secret);
    const { restored, restore, backup, written } = await backedUp(dataFolder);
    const { printed } = await restore();
    expect(await readFile(join(restored, "credential.json"), "utf8")).toBe(secret);
    expect(written.printed + printed).not.toContain("canary-");
    for (const folder of [backup, restored]) {
      expect((await stat(folder)).mode & 0o077).toBe(0);
      for (const name of await readdir(folder)) expect((await stat(join(folder, name))).mode & 0o077, name).toBe(0);
    }
  });

  it("writes nothing if the folder exists, or if the file of an import is missing", async () => {
    const dataFolder = await temporaryFolder();
    const { server, client } = await serve(dataFolder);
    const { release } = await importInProgress(client, dataFolder);
    await rm(join(dataFolder, "uploads"), { recursive: true });
    await server.kill();
    release();
    const parent = await temporaryFolder();
    const run = await commandsOn({ dataFolder });
    expect(await run("backup", parent)).toMatchObject({
      code: 1,
      complaint: expect.stringContaining("already exists"),
    });
    const { complaint: nowhere } = await run("backup", join(parent, "none", "backup"));
    expect(nowhere).toMatch(/The folder \S+ cannot be written \(ENOENT\)\. Create it, or specify another one\.\n$/);
    const { complaint } = await run("backup", join(parent, "backup"));
    expect(complaint).toMatch(
      /The file uploads\/\S+ is missing, but its import is PROCESSING\. Run memory-server verify/,
    );
    expect(await readdir(parent)).toEqual([]);
  });
});

describe("memory-server restore", () => {
  async function newBackup() {
    const dataFolder = await temporaryFolder();
    const { server, client } = await serve(dataFolder);
    await create(client, "ada@example.com");
    await server.stop();
    return backedUp(dataFolder);
  }

  it("replaces nothing", async () => {
    const { restored, restore } = await newBackup();
    await mkdir(restored);
    await writeFile(join(restored, "memory.db"), "mine");
    const { code, complaint } = await restore();
    expect([code, complaint]).toEqual([1, expect.stringMatching(/is not empty: it contains memory\.db\./)]);
    expect(await readdir(restored)).toEqual(["memory.db"]);
  });

  it("does not run while a server uses the folder", async () => {
    const { restored, restore } = await newBackup();
    await mkdir(restored);
    const lock = new DatabaseSync(join(restored, "lock"));
    onTestFinished(() => lock.close());
    lock.exec("PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE");
    expect((await restore()).complaint).toMatch(/is in use by another server\. Stop that server/);
    expect(existsSync(join(restored, "memory.db"))).toBe(false);
  });

  it.each<[what: string, damage: (backup: string) => Promise<void>, complaint: RegExp]>([
    ["lacks its manifest", (backup) => rm(join(backup, "manifest.json")), /manifest\.json cannot be read \(ENOENT\)/],
    [
      "has a manifest of another format",
      (backup) => changeManifest(backup, (manifest) => ({ ...manifest, format: 2 })),
      /manifest\.json is damaged, or a newer release/,
    ],
    [
      "has a newer schema",
      (backup) => changeManifest(backup, (manifest) => ({ ...manifest, schema: 1000 })),
      /has schema 1000, but this release supports schemas up to \d+\. Use the release that wrote it/,
    ],
    [
      "names a file outside of it",
      (backup) =>
        changeManifest(backup, ({ files, ...manifest }) => ({
          ...manifest,
          files: { ...Object(files), "../evil": { bytes: 0, sha256: "0".repeat(64) } },
        })),
      /manifest\.json is damaged/,
    ],
    [
      "has a changed file",
      async (backup) => {
        const bytes = await readFile(join(backup, "memory.db"));
        bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
        await writeFile(join(backup, "memory.db"), bytes);
      },
      /memory\.db differs from the checksum in the manifest/,
    ],
    ["lacks a file", (backup) => rm(join(backup, "memory.db")), /memory\.db cannot be copied .* \(ENOENT\)/],
  ])("restores nothing from a backup that %s, and then an intact one", async (_, damage, complaint) => {
    const { backup, restored, run, restore } = await newBackup();
    const intact = `${backup}-intact`;
    await cp(backup, intact, { recursive: true });
    await damage(backup);
    expect(await restore()).toMatchObject({ code: 1, printed: "", complaint: expect.stringMatching(complaint) });
    expect(existsSync(join(restored, "memory.db"))).toBe(false);
    expect(await run("restore", intact)).toMatchObject({ code: 0, complaint: "" });
  });

  it.each([[[]], [["a", "b"]]])("needs the folder of one backup, not %j", async (folders) => {
    const run = await commandsOn({ dataFolder: "nowhere" });
    for (const command of ["backup", "restore"]) {
      expect((await run(command, ...folders)).complaint).toMatch(/Specify the folder of one backup: memory-server /);
    }
  });
});

describe("memory-server backup and restore of PostgreSQL", () => {
  const createDatabase = usePostgres();

  it("name the tools of PostgreSQL", async () => {
    const databaseUrl = await createDatabase();
    const run = await commandsOn({ dataFolder: "", databaseUrl });
    for (const command of ["backup", "restore"]) {
      const { code, complaint } = await run(command, "folder");
      expect([code, complaint]).toEqual([1, expect.stringMatching(/^memory-server: .* pg_dump .* pg_basebackup /)]);
    }
  });
});

/**
 * Starts an import, and blocks all writes while it has applied a part of its rows. On a busy machine, an import may end before that; then
 * another one of the same people takes its place.
 */
async function importInProgress(client: KeepAliveClient, dataFolder: string) {
  const database = new DatabaseSync(join(dataFolder, "memory.db"), { timeout: 30_000 });
  const progress = database.prepare("SELECT status, row_count FROM imports WHERE id = ?");
  for (;;) {
    const { importId, url, csv } = await createImport(client, ROWS, "p");
    bodyOf(await client.upload(url, csv), 200);
    await expect.poll(() => progress.get(importId)?.["row_count"], { interval: 1 }).toBeGreaterThan(0);
    database.exec("BEGIN IMMEDIATE");
    if (progress.get(importId)?.["status"] === "PROCESSING") {
      return {
        importId,
        release() {
          database.exec("ROLLBACK");
          database.close();
        },
      };
    }
    database.exec("ROLLBACK");
  }
}

async function changeManifest(
  backup: string,
  change: (manifest: Record<string, unknown>) => Record<string, unknown>,
): Promise<void> {
  const file = join(backup, "manifest.json");
  await writeFile(file, JSON.stringify(change(JSON.parse(await readFile(file, "utf8")))));
}
