import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { type DataPlace, type StartedServer, startServer } from "./start-server.ts";

/** What a server says about a database that a later version migrated. */
const REFUSAL = /The database has schema (version )?\d+, but this (server|release) supports/;

export interface UpgradeServers {
  /** Folder of the package `@memory-api/server` of the last release. */
  released: string;
  /** Folder of the same package in the working tree. */
  current: string;
}

/**
 * Writes with the server of the last release, reads and writes with the one in the working tree, and goes back. The last release must serve
 * the database again if the schema is the same, or else refuse it.
 *
 * @param databaseUrl an empty PostgreSQL database, instead of an embedded database
 * @returns what the last release did with the database of the new one
 * @throws {Error} if data is missing, or if a server starts with a schema that is newer than its own
 */
export async function rehearseUpgrade(
  { released, current }: UpgradeServers,
  databaseUrl?: string,
): Promise<"serves" | "refuses"> {
  const folder = await mkdtemp(join(tmpdir(), "behavior-upgrade-"));
  const place = { folder, ...(databaseUrl !== undefined && { databaseUrl }) };
  try {
    const old = await startServer(released, place);
    const first = await create(old, { email: "ada@example.com" });
    const merged = await create(old, { phone: "+12065550100" });
    await create(old, { email: "ada@example.com", phone: "+12065550100" });
    await old.stop();

    const upgraded = await startServer(current, place);
    await expectStatuses(upgraded, { [first]: 200, [merged]: 301 });
    const later = await create(upgraded, { email: "later@example.com" });
    await upgraded.stop();

    const rolledBack = await startUnlessRefused(released, place);
    if (rolledBack !== undefined) await expectStatuses(rolledBack, { [first]: 200, [merged]: 301, [later]: 200 });
    await rolledBack?.stop();
    if (databaseUrl === undefined) await expectRefusalOfLaterSchema([released, current], place);
    return rolledBack === undefined ? "refuses" : "serves";
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Raises the version of the schema, which no server may accept. */
async function expectRefusalOfLaterSchema(servers: readonly string[], place: DataPlace): Promise<void> {
  const database = new DatabaseSync(join(place.folder, "memory.db"));
  const version = Number(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  database.exec(`PRAGMA user_version = ${version + 1}`);
  database.close();
  for (const server of servers) {
    const started = await startUnlessRefused(server, place);
    await started?.stop();
    if (started !== undefined) throw new Error(`${server} starts with schema ${version + 1}, which it does not know.`);
  }
}

async function startUnlessRefused(server: string, place: DataPlace): Promise<StartedServer | undefined> {
  try {
    return await startServer(server, place);
  } catch (error) {
    if (error instanceof Error && REFUSAL.test(error.message)) return undefined;
    throw error;
  }
}

async function create(server: StartedServer, contact: Readonly<Record<string, string>>): Promise<string> {
  const body = JSON.stringify({ traits: { Contact: contact } });
  const response = await send(server, "", { method: "POST", body });
  if (response.status !== 202) throw new Error(`A create returned ${response.status}: ${await response.text()}`);
  return Object(await response.json()).id;
}

async function expectStatuses(server: StartedServer, expected: Readonly<Record<string, number>>): Promise<void> {
  for (const [id, status] of Object.entries(expected)) {
    const response = await send(server, `/${id}`, {});
    if (response.status !== status)
      throw new Error(`Profile ${id} has status ${response.status} instead of ${status}.`);
  }
}

function send({ url, accounts: [account] }: StartedServer, path: string, request: RequestInit): Promise<Response> {
  const authorization = `Basic ${Buffer.from(`${account.username}:${account.password}`).toString("base64")}`;
  const headers = { authorization, "content-type": "application/json" };
  return fetch(`${url}/v1/Stores/${account.storeId}/Profiles${path}`, { redirect: "manual", headers, ...request });
}
