import { TABLE_NAMES } from "../tables.ts";
import { selectServer, selectTables } from "./catalog-statements.ts";
import { type PostgresConnection, PostgresDatabase } from "./database.ts";
import { readVersion } from "./migrate.ts";
import { MIGRATIONS } from "./migrations.ts";
import { selectTime } from "./statements.ts";

/** What a database is like, and what prevents a server from using it. */
export interface DatabaseReport {
  /** Sentences about the database. */
  readonly facts: readonly string[];
  /** Sentences about what must be changed before a server can start; empty if it can. */
  readonly problems: readonly string[];
}

interface ServerRow {
  readonly version: string;
  readonly is_read_only: boolean;
  readonly database_name: string;
  readonly role_name: string;
  readonly schema_name: string | null;
  readonly can_create: boolean;
}

interface TableRow {
  readonly name: string;
  readonly is_there: boolean;
  readonly is_owned: boolean;
  readonly is_readable: boolean;
  readonly lacks: readonly string[];
}

const VERSION_TABLE = "schema_version";
const DATA_TABLES: readonly string[] = [...TABLE_NAMES, "upload_chunks", "probes"];

/**
 * Checks whether a server can use a database, and changes nothing.
 *
 * @throws {StorageUnavailableError} if it cannot be reached
 */
export async function checkPostgres(connection: PostgresConnection): Promise<DatabaseReport> {
  const database = new PostgresDatabase({ ...connection, maxConnections: 1 });
  try {
    const server = only((await database.query<ServerRow>(selectServer)).rows);
    const aheadMs = await clockDifference(database);
    const names = [VERSION_TABLE, ...DATA_TABLES];
    const { rows: tables } = await database.query<TableRow>(selectTables, [names]);
    const [versionTable, ...dataTables] = tables;
    const isUnreadable = versionTable?.is_there === true && !versionTable.is_readable;
    const version = versionTable?.is_readable ? await readVersion(database) : 0;
    const problems = [
      ...(server.is_read_only ? ["The database is read-only. Connect to the primary server."] : []),
      ...(server.schema_name === null ? ["The search path of the role contains no schema that exists."] : []),
      ...(isUnreadable
        ? [`The role may not read the table ${VERSION_TABLE}. Grant it this privilege.`]
        : problemsOfSchema(version, server, dataTables)),
    ];
    const { version: release, database_name: name, role_name: role } = server;
    const facts = [
      `Connected to PostgreSQL ${release}, database ${name}, as the role ${role}.`,
      `The clock of the database is ${difference(aheadMs)} this machine. The server uses the clock of the database.`,
    ];
    if (problems.length === 0) facts.push(schemaOf(version));
    return { facts, problems };
  } finally {
    await database.close();
  }
}

/** By how many milliseconds the clock of the database is ahead of that of this machine, to within half of a round trip. */
async function clockDifference(database: PostgresDatabase): Promise<number> {
  const sentAt = Date.now();
  const { now } = only((await database.query<{ now: number }>(selectTime)).rows);
  return now / 1000 - (sentAt + Date.now()) / 2;
}

function difference(aheadMs: number): string {
  return `${Math.abs(Math.round(aheadMs))} ms ${aheadMs < 0 ? "behind" : "ahead of"}`;
}

/** A schema with which a server can start. */
function schemaOf(version: number): string {
  if (version === MIGRATIONS.length) {
    return `The schema version is ${version}, which this release needs. The role may read and write its ${DATA_TABLES.length} tables.`;
  }
  const task =
    version === 0 ? "has no tables. The server creates them" : `has schema version ${version}. The server migrates it`;
  return `The database ${task} when it starts, or memory-server migrate does.`;
}

function problemsOfSchema(version: number, server: ServerRow, tables: readonly TableRow[]): string[] {
  if (version === MIGRATIONS.length) return problemsOfTables(tables);
  if (version < MIGRATIONS.length) return problemsOfMigration(server, tables);
  return [
    `The database has schema version ${version}, but this release supports versions up to ${MIGRATIONS.length}. Use the release that migrated it, or a later one.`,
  ];
}

function problemsOfTables(tables: readonly TableRow[]): string[] {
  return tables.flatMap(({ name, is_there, lacks }) => {
    if (!is_there) return `The table ${name} is missing. Restore it from a backup.`;
    return lacks.length === 0
      ? []
      : `The role may not ${lacks.join(", ")} in the table ${name}. Grant it these privileges.`;
  });
}

function problemsOfMigration({ can_create, schema_name }: ServerRow, tables: readonly TableRow[]): string[] {
  const problems = [];
  if (!can_create && schema_name !== null) {
    problems.push(
      `The role may not create tables in the schema ${schema_name}. Run memory-server migrate with a role that may.`,
    );
  }
  const foreign = tables.filter(({ is_there, is_owned }) => is_there && !is_owned).map(({ name }) => name);
  if (foreign.length > 0) {
    problems.push(
      `The role does not own the tables ${foreign.join(", ")}, so it cannot migrate them. Run memory-server migrate with their owner.`,
    );
  }
  return problems;
}

function only<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (row === undefined) throw new Error("PostgreSQL returned no row.");
  return row;
}
