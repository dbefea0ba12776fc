import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as importStatements from "../../src/storage/postgres/import-statements.ts";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import * as profileStatements from "../../src/storage/postgres/profile-statements.ts";
import { probe, tables } from "../../src/storage/postgres/storage-statements.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

// What distributed databases that speak PostgreSQL lack, or pay dearly for.

const folder = new URL("../../src/storage/postgres/", import.meta.url);
const sources = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
const holdsStatements = (name: string) => /statements\.ts$|^migrat/.test(name);

const statements: [name: string, statement: string][] = [
  ...Object.entries({ ...profileStatements, ...importStatements, probe }),
  ...Object.entries(tables).flatMap(([table, all]) =>
    Object.entries(all).map(([name, statement]): [string, string] => [`${name} ${table}`, statement]),
  ),
];

describe.each(statements)("the statement %s", (_, statement) => {
  it("names the store first wherever it says which rows it means", () => {
    const stores = /^(\w+\.)?store_id = (\$1|ANY \(\$1)/;
    const conditions = [...statement.matchAll(/\b(?:WHERE|ON)\s+(?!CONFLICT)([^\n]+)/g)].map(
      ([, condition]) => condition,
    );
    for (const condition of conditions) if (condition !== "false") expect(condition).toMatch(stores);

    const keys = [...statement.matchAll(/\b(?:INSERT INTO \w+|ON CONFLICT) \((\w+)/g)].map(([, column]) => column);
    for (const column of keys) expect(column).toBe("store_id");
    expect(conditions.length + keys.length).toBeGreaterThan(0);
  });
});

describe("the statements", () => {
  it("all stand in the files for them, and none is put together from pieces", () => {
    for (const { name, text } of sources) {
      if (!holdsStatements(name)) expect(text, name).not.toMatch(/\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/);
      else if (name.endsWith("statements.ts")) expect(text, name).not.toContain("${");
    }
  });

  it.each([
    ["sessions", /\b(LISTEN|NOTIFY|TEMP|TEMPORARY|SAVEPOINT|PREPARE|SET SESSION|pg_(try_)?advisory\w*)\b/],
    ["logic of the database", /\b(TRIGGER|FUNCTION|PROCEDURE|REFERENCES|FOREIGN KEY)\b/],
    [
      "counters, clocks or chance of the database",
      /\b(SERIAL|SEQUENCE|IDENTITY|DEFAULT|CURRENT_\w+|nextval|now\(\)|\w*random\w*\()/,
    ],
  ])("use no %s", (_, forbidden) => {
    for (const { name, text } of sources) if (holdsStatements(name)) expect(text, name).not.toMatch(forbidden);
  });
});

describe("the tables", () => {
  const createDatabase = usePostgres();

  it("have the store first in every key, and nothing that works by itself", async () => {
    const databaseUrl = await createDatabase();
    await migratePostgres({ databaseUrl });
    const [keys, foreign, sequences, triggers, defaults] = await administer(
      databaseUrl,
      `SELECT tablename, indexdef FROM pg_indexes WHERE schemaname = 'public' AND tablename <> 'schema_version'`,
      "SELECT conname FROM pg_constraint WHERE contype = 'f'",
      "SELECT relname FROM pg_class WHERE relkind = 'S'",
      "SELECT tgname FROM pg_trigger",
      "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND column_default IS NOT NULL",
    );
    expect(new Set(keys?.rows.map(({ tablename }) => tablename))).toEqual(
      new Set([...Object.keys(tables), "upload_chunks", "probes"]),
    );
    for (const { indexdef } of keys?.rows ?? []) expect(indexdef).toMatch(/USING btree \(store_id[,)]/);
    for (const found of [foreign, sequences, triggers, defaults]) expect(found?.rows).toEqual([]);
  });
});
