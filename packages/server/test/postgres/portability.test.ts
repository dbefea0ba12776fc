import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as inspection from "../../src/storage/postgres/inspection-statements.ts";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import * as sql from "../../src/storage/postgres/statements.ts";
import { TABLE_NAMES } from "../../src/storage/tables.ts";
import { administer } from "./postgres-for-tests.ts";
import { importCases, profileCases, tableCases } from "./statement-cases.ts";
import { usePostgres } from "./use-postgres.ts";

// Distributed databases with the PostgreSQL protocol lack these features, or they are expensive there.

const folder = new URL("../../src/storage/postgres/", import.meta.url);
const sources = readdirSync(folder).map((name) => ({ name, text: readFileSync(new URL(name, folder), "utf8") }));
const holdsStatements = (name: string) => /statements\.ts$|^migrat/.test(name);

const { writes, allOf, tableStatements, selectTime, probe, ...others } = sql;
const served: [name: string, statement: string][] = [
  ...Object.entries(others),
  ...Object.entries(writes).map(([name, statement]): [string, string] => [name, allOf([statement])]),
  ...TABLE_NAMES.flatMap((table) =>
    Object.entries(tableStatements(table)).map(([name, statement]): [string, string] => [
      `${name} ${table}`,
      statement,
    ]),
  ),
];
const statements: [name: string, statement: string][] = [
  ...served,
  ...TABLE_NAMES.flatMap((table): [string, string][] => [
    [`page of ${table}`, inspection.selectPage(table)],
    [`count of ${table}`, inspection.countRows(table)],
    [`values in ${table}`, inspection.selectWhere(table, "id")],
  ]),
  ["list of imports", inspection.listImports],
  ["next upload", inspection.nextUpload],
  ["size of an upload", inspection.selectUploadSize],
];
const tables = [...TABLE_NAMES, "upload_chunks"].join("|");

describe.each(statements)("the statement %s", (_, statement) => {
  it("filters every table that it reads or changes by store, and begins every key with the store", () => {
    const used = [...statement.matchAll(new RegExp(`\\b(?:FROM|JOIN|UPDATE) (?:${tables})\\b`, "g"))];
    const conditions = [...statement.matchAll(/\bstore_id = \$1/g)];
    expect(conditions.length).toBeGreaterThanOrEqual(used.length);
    const keys = [...statement.matchAll(/\b(?:INSERT INTO \w+|ON CONFLICT) \((\w+)/g)].map(([, column]) => column);
    for (const column of keys) expect(column).toBe("store_id");
    expect(used.length + keys.length).toBeGreaterThan(0);
  });

  // Citus executes any other INSERT on its coordinator, with COPY and two-phase commit; see test/citus/statements.test.ts.
  it("inserts values, or rows of the same store", () => {
    const inserts = statement.split(/\bINSERT INTO \w+ \([\w, ]+\)/).slice(1);
    for (const source of inserts)
      expect(source).toMatch(/^\s+(VALUES \(\$1, |SELECT store_id, [^()]* WHERE store_id = \$1 )/);
  });
});

describe("the statements", () => {
  it("are all in the cases that are run on a Citus cluster", () => {
    const cases = { ...profileCases(1), ...importCases, ...tableCases };
    expect(Object.keys(cases).sort()).toEqual([...served.map(([name]) => name), "probe"].sort());
  });

  it("are only in the files for statements", () => {
    for (const { name, text } of sources) {
      if (!holdsStatements(name)) expect(text, name).not.toMatch(/\b(SELECT|INSERT INTO|UPDATE \w+ SET|DELETE FROM)\b/);
    }
  });

  it.each([
    ["sessions", /\b(LISTEN|NOTIFY|TEMP|TEMPORARY|SAVEPOINT|PREPARE|SET SESSION|pg_(try_)?advisory\w*)\b/],
    ["database logic", /\b(TRIGGER|FUNCTION|PROCEDURE|REFERENCES|FOREIGN KEY)\b/],
    [
      "counters, clocks or random values of the database",
      /\b(SERIAL|SEQUENCE|IDENTITY|DEFAULT|CURRENT_\w+|nextval|now\(\)|\w*random\w*\()/,
    ],
  ])("use no %s", (_, forbidden) => {
    for (const { name, text } of sources) if (holdsStatements(name)) expect(text, name).not.toMatch(forbidden);
  });
});

describe("the tables", () => {
  const createDatabase = usePostgres();

  it("begin every key with the store, and have no foreign keys, sequences, triggers or defaults", async () => {
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
      new Set([...TABLE_NAMES, "upload_chunks", "probes"]),
    );
    for (const { indexdef } of keys?.rows ?? []) expect(indexdef).toMatch(/USING btree \(store_id[,)]/);
    for (const found of [foreign, sequences, triggers, defaults]) expect(found?.rows).toEqual([]);
  });
});
