import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { MIGRATIONS } from "../../src/storage/postgres/migrations.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { memoryServer, outcomeOf } from "./memory-server.ts";

const NEEDED = MIGRATIONS.length;
const PASSWORD = "canary-0a000000-0009";

async function checkOf(databaseUrl: string | undefined) {
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "key"), "k".repeat(32));
  await writeFile(
    join(cwd, "memory.yaml"),
    `accounts: [{ sid: AC${"1".repeat(32)}, credentials: [{ username: SK1, secretFile: key }] }]
signingKeys: [{ id: first, secretFile: key }]`,
  );
  const environment = databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl };
  const { code, printed, complaint } = await outcomeOf(
    memoryServer(["check", "--config", "memory.yaml", "--connect"], { cwd, environment }),
  );
  const [, ...facts] = printed.trimEnd().split("\n");
  const [, ...problems] = complaint.trimEnd().split("\n");
  return { code, facts, problems, complaint };
}

const migrate = async (databaseUrl: string) =>
  expect(await outcomeOf(memoryServer(["migrate"], { environment: { DATABASE_URL: databaseUrl } }))).toMatchObject({
    code: 0,
  });

describe("memory-server check --connect", () => {
  const createDatabase = usePostgres();

  /** The URL of a role that owns nothing. */
  async function asStranger(databaseUrl: string, ...grants: readonly string[]): Promise<string> {
    const name = `stranger_${new URL(databaseUrl).pathname.slice(-12)}`;
    await administer(
      databaseUrl,
      `CREATE ROLE ${name} LOGIN PASSWORD '${PASSWORD}'`,
      ...grants.map((grant) => `GRANT ${grant} TO ${name}`),
    );
    const url = new URL(databaseUrl);
    url.username = name;
    url.password = PASSWORD;
    return url.href;
  }

  it("describes a database that the server can use, and changes nothing", async () => {
    const databaseUrl = await createDatabase();
    const [clock, end] = [
      expect.stringMatching(/^The clock of the database is \d+ ms (ahead of|behind) this machine\./),
      "The server can use the database.",
    ];
    const connected = expect.stringMatching(
      /^Connected to PostgreSQL \d+.*, database memory_api_\w+, as the role \w+\.$/,
    );
    const empty = "The database has no tables. The server creates them when it starts, or memory-server migrate does.";
    for (let checks = 0; checks < 2; checks++) {
      expect(await checkOf(databaseUrl)).toMatchObject({ code: 0, facts: [connected, clock, empty, end] });
    }
    await migrate(databaseUrl);
    const version = `The schema version is ${NEEDED}, which this release needs. The role may read and write its 7 tables.`;
    expect(await checkOf(databaseUrl)).toMatchObject({ code: 0, facts: [connected, clock, version, end] });
  });

  it("names the privileges that the role lacks", async () => {
    const databaseUrl = await createDatabase();
    await migrate(databaseUrl);
    const some = await asStranger(databaseUrl, "SELECT ON ALL TABLES IN SCHEMA public", "INSERT ON profiles");
    const { code, problems, complaint } = await checkOf(some);
    expect(code).toBe(1);
    expect(problems).toContain("The role may not UPDATE, DELETE in the table profiles. Grant it these privileges.");
    expect(problems).toContain(
      "The role may not INSERT, UPDATE, DELETE in the table probes. Grant it these privileges.",
    );
    expect(complaint).not.toContain(PASSWORD);
  });

  it("accepts a role that owns nothing but has all privileges", async () => {
    const databaseUrl = await createDatabase();
    await migrate(databaseUrl);
    const url = await asStranger(databaseUrl, "SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public");
    expect(await checkOf(url)).toMatchObject({ code: 0, problems: [] });
  });

  it("says if the role cannot read the version of the schema, or cannot create or migrate the tables", async () => {
    const databaseUrl = await createDatabase();
    const create =
      "The role may not create tables in the schema public. Run memory-server migrate with a role that may.";
    const url = await asStranger(databaseUrl);
    await administer(databaseUrl, "REVOKE CREATE ON SCHEMA public FROM PUBLIC");
    expect(await checkOf(url)).toMatchObject({ code: 1, problems: [create] });
    await migrate(databaseUrl);
    expect(await checkOf(url)).toMatchObject({
      code: 1,
      problems: ["The role may not read the table schema_version. Grant it this privilege."],
    });
    const { username } = new URL(url);
    await administer(
      databaseUrl,
      "UPDATE schema_version SET version = 1",
      `GRANT SELECT ON schema_version TO ${username}`,
    );
    const { problems } = await checkOf(url);
    expect(problems).toEqual([
      create,
      expect.stringMatching(/^The role does not own the tables profiles, .*, probes, /),
    ]);
  });

  it("says if the database is newer, read-only or lacks a table", async () => {
    const databaseUrl = await createDatabase();
    await migrate(databaseUrl);
    await administer(databaseUrl, "DROP TABLE probes");
    expect((await checkOf(databaseUrl)).problems).toEqual(["The table probes is missing. Restore it from a backup."]);
    await administer(databaseUrl, `UPDATE schema_version SET version = ${NEEDED + 1}`);
    expect((await checkOf(databaseUrl)).problems).toEqual([
      `The database has schema version ${NEEDED + 1}, but this release supports versions up to ${NEEDED}. Use the release that migrated it, or a later one.`,
    ]);
    const readOnly = new URL(await createDatabase());
    readOnly.searchParams.set("options", "-c default_transaction_read_only=on");
    expect((await checkOf(readOnly.href)).problems).toEqual([
      "The database is read-only. Connect to the primary server.",
    ]);
  });

  it("says if the role or the database does not exist, or the server cannot be reached, without the password", async () => {
    const databaseUrl = new URL(await createDatabase());
    databaseUrl.pathname = "/none";
    databaseUrl.password = PASSWORD;
    const unreachable = `postgres://user:${PASSWORD}@127.0.0.1:1/none`;
    for (const [url, reason] of [
      [databaseUrl.href, /^memory-server: PostgreSQL cannot be used: .*\n$/],
      [unreachable, /^memory-server: PostgreSQL cannot be used: .*ECONNREFUSED.*\n$/],
    ] as const) {
      const { code, complaint } = await checkOf(url);
      expect([code, complaint]).toEqual([1, expect.stringMatching(reason)]);
      expect(complaint).not.toContain(PASSWORD);
    }
  });
});

describe("memory-server check --connect without PostgreSQL", () => {
  it("says that there is nothing to connect to", async () => {
    expect(await checkOf(undefined)).toMatchObject({ code: 0, facts: ["The embedded database needs no connection."] });
  });
});
