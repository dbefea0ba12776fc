import { execFileSync } from "node:child_process";
import pg from "pg";
import { describe, expect, it } from "vitest";
import { commandsOn } from "../command/administered-server.ts";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { breakableConnection } from "../postgres/breakable-connection.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, type KeepAliveClient } from "../support/keep-alive-client.ts";
import { announced, csv } from "../support/requests.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { damage, storeData } from "../verification/stored-data.ts";
import { Symptom, startLogged } from "./runbook.ts";

const path = { storeId } as const;
const HOUR_MS = 3_600_000;
const isAhead = expect.toSatisfy((time) => new Date(time).getTime() > Date.now() + HOUR_MS / 2);

const create = (client: KeepAliveClient, email = "ada@example.com") =>
  client.send("createProfile", { path, body: { traits: { Contact: { email } } } });
async function createImport(client: KeepAliveClient) {
  const body = { ...announced, columnMappings: [...announced.columnMappings] } as never;
  return bodyOf(await client.send("createProfilesImportV2", { path, body }), 201);
}

describe("the runbook of a data folder", () => {
  it("helps when the disk is full", async ({ skip }) => {
    skip(process.platform !== "linux", "limiting the file size of a running process requires Linux");
    const symptom = new Symptom("Writes return 503, and the disk is full");
    const server = await startLogged({ dataFolder: await temporaryFolder() });
    const id = bodyOf(await create(server.client), 202).id;
    const limitFiles = (bytes: string) => execFileSync("prlimit", [`--pid=${server.pid}`, `--fsize=${bytes}:`]);
    limitFiles("4096");
    let response = await create(server.client);
    while (response.status === 202) response = await create(server.client);
    expect(response.status).toBe(503);
    const reasons = ["The embedded database or its disk is full.", "The embedded database cannot be read or written."];
    for (const reason of reasons) symptom.names(reason);
    const reason = expect.stringMatching(new RegExp(reasons.join("|")));
    await server.logged(symptom.names("request failed"), { error: { reason } });
    await server.logged(symptom.names("readiness changed"));
    expect(await server.health(symptom.names("/health/ready") as "/health/ready")).toMatchObject({ status: 503 });
    expect(await server.metrics()).toContain(`\n${symptom.names("memory_ready 0")}\n`);
    expect(await server.client.send("fetchProfile", { path: { storeId, profileId: id } })).toMatchObject({
      status: 200,
    });
    limitFiles("unlimited");
    await expect.poll(async () => (await create(server.client)).status).toBe(202);
  });

  it("helps when the clock of the machine is ahead", async () => {
    const symptom = new Symptom("Uploads return 403, or times are wrong");
    const dataFolder = await temporaryFolder();
    const right = await startLogged({ dataFolder });
    const { importId, url } = await createImport(right.client);
    await right.stop();
    const wrong = await startLogged({ dataFolder }, { clockSkewMs: HOUR_MS });
    const message = symptom.names("The upload URL has expired; create a new import");
    expect(await wrong.client.upload(url, csv.toString())).toMatchObject({ status: 403, body: { message } });
    const reason = symptom.names("Its file was not uploaded before the upload URL expired");
    await wrong.logged(symptom.names("import ended"), { import: { importId, status: "FAILED", reason } });
    await wrong.logged("import ended", { [symptom.names("time")]: isAhead });
  });

  it("helps when a caller exceeds its limit", async () => {
    const symptom = new Symptom("A caller gets 429");
    const settings = { rateLimits: { write: { perSecond: 0.01, burst: 1 } } };
    const server = await startLogged({ dataFolder: await temporaryFolder() }, { settings });
    bodyOf(await create(server.client), 202);
    expect(await create(server.client)).toMatchObject({ status: 429, headers: { "retry-after": expect.any(String) } });
    symptom.names('"status": 429');
    await server.logged(symptom.names("request completed"), { status: 429 });
    const metric = symptom.names("memory_request_duration_seconds");
    expect(await server.metrics()).toMatch(
      new RegExp(`^${metric}_count\\{.*${symptom.names('status="429"')}.*\\} 1$`, "m"),
    );
  });

  it("helps when the data looks wrong", async () => {
    const symptom = new Symptom("Data looks wrong");
    const place = { dataFolder: await temporaryFolder() };
    const { single } = await storeData(place);
    await damage(place, `DELETE FROM profiles WHERE id = '${single}'`);
    const [, ...command] = symptom.names("memory-server verify").split(" ");
    const { code, printed } = await (await commandsOn(place))(...command);
    expect(printed).toContain(`${symptom.names("violation identifier-without-profile")} store=${storeId}`);
    expect(code).toBe(1);
  });
});

describe("the runbook of PostgreSQL", () => {
  const createDatabase = usePostgres();

  it("helps when the database is away", async () => {
    const symptom = new Symptom("Everything returns 503, and the database is away");
    const connection = await breakableConnection(await createDatabase());
    const server = await startLogged({ dataFolder: "", databaseUrl: connection.databaseUrl });
    // Several at once, so that connections are idle afterwards.
    await Promise.all(Array.from({ length: 5 }, (_, at) => create(server.client, `${at}@example.com`)));
    await connection.cut();
    expect(await create(server.client)).toMatchObject({ status: 503 });
    const reason = expect.stringContaining(symptom.names("PostgreSQL cannot be used:"));
    await server.logged(symptom.names("request failed"), { error: { reason } });
    await server.logged(symptom.names("database connection lost"));
    await server.logged(symptom.names("readiness changed"));
    expect(await server.health(symptom.names("/health/ready") as "/health/ready")).toMatchObject({ status: 503 });
    const metric = symptom.names("memory_database_connections_lost_total");
    expect(await server.metrics()).toMatch(new RegExp(`^${metric} [1-9]`, "m"));
    await connection.mend();
    await expect.poll(async () => (await create(server.client)).status).toBe(202);
  });

  it("helps when the backlog is full, and when locks are held", { timeout: 120_000 }, async () => {
    const full = new Symptom("Writes return 503 with Retry-After, but the server is ready");
    const locked = new Symptom("Writes are slow or return 503, because locks are held");
    const databaseUrl = await createDatabase();
    const server = await startLogged({ dataFolder: "", databaseUrl });
    const forgotten = new pg.Client({ connectionString: databaseUrl, application_name: "psql" });
    // Its connection is ended.
    forgotten.on("error", () => {});
    await forgotten.connect();
    await forgotten.query("BEGIN; LOCK TABLE identifiers IN ACCESS EXCLUSIVE MODE");

    const profiles = (from: number) =>
      Array.from({ length: 1000 }, (_, at) => ({ traits: { Contact: { email: `${from + at}@example.com` } } }));
    const bulk = (from: number) =>
      server.client.send("updateProfilesBulk", { path, body: { profiles: profiles(from) } });
    const waiting = Array.from({ length: 25 }, (_, at) => bulk(at * 1000));
    const backlog = async () => (await server.health("/health")).body["backlog"];
    await expect
      .poll(backlog)
      .toMatchObject({ [full.names("commands")]: 25_000, [full.names("oldestMs")]: expect.any(Number) });
    expect(await create(server.client)).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    const reason = full.names("Too many writes are waiting.");
    await server.logged(full.names("request failed"), { error: { reason } });
    expect(await server.health("/health/ready")).toMatchObject({ status: 200 });

    let pid = "";
    const blocking = async () => {
      const [found] = await administer(databaseUrl, locked.code("sql"));
      pid = String(found?.rows[0]?.pid);
      return found?.rows;
    };
    const idle = { application_name: "psql", state: "idle in transaction" };
    await expect.poll(blocking).toEqual([expect.objectContaining(idle)]);

    expect(await Promise.race(waiting)).toMatchObject({ status: 503, headers: { "retry-after": "1" } });
    const conflict = locked.names("PostgreSQL ended a transaction 3 times in favor of others");
    const anyNumber = new RegExp(`^${conflict.replace("3", "\\d+")}$`);
    await server.logged(locked.names("request failed"), { error: { reason: expect.stringMatching(anyNumber) } });
    expect(await server.health(locked.names("/health/ready") as "/health/ready")).toMatchObject({ status: 200 });
    await administer(databaseUrl, locked.names("SELECT pg_terminate_backend(<pid>)").replace("<pid>", pid));
    await Promise.all(waiting);
    expect(await create(server.client)).toMatchObject({ status: 202 });
  });

  it("helps when an import does not end", async () => {
    const symptom = new Symptom("An import does not end");
    const databaseUrl = await createDatabase();
    const place = { dataFolder: "", databaseUrl };
    const settings = { imports: { leaseSeconds: 60, pollSeconds: 1 } };
    const server = await startLogged(place, { settings });
    const run = await commandsOn(place);
    const command = (text: string, importId = "") =>
      run(...symptom.names(text).replace("<import ID>", importId).split(" ").slice(1));
    const fail = () =>
      administer(databaseUrl, "ALTER TABLE trait_groups ADD CONSTRAINT defect CHECK (name <> 'Contact') NOT VALID");
    const mend = () => administer(databaseUrl, "ALTER TABLE trait_groups DROP CONSTRAINT defect");
    await fail();
    const first = await createImport(server.client);
    const { importId } = first;
    bodyOf(await server.client.upload(first.url, csv.toString()), 200);
    await server.logged(symptom.names("imports delayed"), { import: { importId } });
    const { printed } = await command("memory-server imports list --status PROCESSING");
    expect(printed).toMatch(new RegExp(`${symptom.names("ATTEMPTS")}\\n.* ${importId} .* 1\\n$`));
    await mend();
    expect(await command("memory-server imports retry <import ID>", importId)).toMatchObject({ code: 0 });
    expect(await importEnd(server.client, storeId, importId)).toMatchObject({ status: "COMPLETED" });

    await fail();
    const second = await createImport(server.client);
    bodyOf(await server.client.upload(second.url, csv.toString()), 200);
    await server.logged(symptom.names("imports delayed"), { import: { importId: second.importId } });
    await administer(databaseUrl, "UPDATE imports SET attempts = 10, due_at = 0 WHERE status = 'PROCESSING'");
    const reason = symptom.names("It failed 10 times without progress");
    const ended = { importId: second.importId, status: "FAILED", reason };
    await server.logged(symptom.names("import ended"), { import: ended });

    const third = await createImport(server.client);
    bodyOf(await server.client.upload(third.url, csv.toString()), 200);
    await server.logged("imports delayed", { import: { importId: third.importId } });
    expect(await command("memory-server imports cancel <import ID>", third.importId)).toMatchObject({ code: 0 });
    expect(await importEnd(server.client, storeId, third.importId)).toMatchObject({ status: "FAILED" });
  });

  it("helps when the clock of one machine is wrong", async () => {
    const symptom = new Symptom("Uploads return 403, or times are wrong");
    const server = await startLogged({ dataFolder: "", databaseUrl: await createDatabase() }, { clockSkewMs: HOUR_MS });
    const { id: profileId } = bodyOf(await create(server.client), 202);
    const fetched = await server.client.send("fetchProfile", { path: { storeId, profileId } });
    const createdAt = Date.parse(Object(bodyOf(fetched, 200))[symptom.names("createdAt")]);
    expect(Math.abs(createdAt - Date.now())).toBeLessThan(HOUR_MS / 2);
    await server.logged("request completed", { time: isAhead });
  });

  it("helps when processes have different signing keys", async () => {
    const symptom = new Symptom("Some uploads return 403 and some page tokens 400");
    const place = { dataFolder: "", databaseUrl: await createDatabase() };
    const first = await startLogged(place);
    const second = await startLogged(place, { signingKey: "o".repeat(32) });
    const { url } = await createImport(first.client);
    const message = symptom.names(
      "The signature does not match the upload URL; use the URL exactly as it was returned",
    );
    expect(await second.client.upload(url, csv.toString())).toMatchObject({ status: 403, body: { message } });

    for (const email of ["ada@example.com", "grace@example.com"]) bodyOf(await create(first.client, email), 202);
    const list = await first.client.send("listProfiles", { path, query: { pageSize: 1 } });
    const pageToken = bodyOf(list, 200).meta.nextToken ?? "";
    const rejected = symptom.names("pageToken: was not issued for this store and order; start again without it");
    expect(await second.client.send("listProfiles", { path, query: { pageToken } })).toMatchObject({
      status: 400,
      body: { message: rejected },
    });
    bodyOf(await first.client.upload(url, csv.toString()), 200);
  });
});
