import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect } from "vitest";
import { administer } from "../postgres/postgres-for-tests.ts";
import {
  announced,
  createImport,
  importsOf,
  profileOf,
  profilesOf,
  unknownProfileId,
  uploadOf,
} from "../support/requests.ts";
import { type Request, withHeaders } from "../support/send-request.ts";
import { storeId } from "../support/settings-for-tests.ts";
import { type CanaryServer, canary } from "./canary-server.ts";
import { importEnd } from "./fetch-import.ts";
import { connectTo, exchange, head } from "./raw-connection.ts";

const target = profilesOf(storeId);
const [mapping] = announced.columnMappings;
const person = () => ({ traits: { Contact: { email: `${canary()}@example.com`, city: canary() } } });
const tokenOf = (url: string) => new URL(url).searchParams.get("token") ?? "";

/**
 * Sends canaries with every operation, and reads each of them back.
 *
 * @returns tokens of upload URLs
 */
export async function useEverything(server: CanaryServer): Promise<string[]> {
  const created = person();
  const profile = profileOf(Object((await server.send({ method: "POST", target, body: created })).body).id);
  expect((await server.send({ method: "GET", target: profile })).body).toMatchObject(created);
  const change = { traits: { Contact: { city: canary() } } };
  expect(await server.send({ method: "PATCH", target: profile, body: change })).toMatchObject({ status: 202 });
  expect((await server.send({ method: "GET", target: profile })).body).toMatchObject(change);
  const batch = { profiles: [person(), person()] };
  expect(await server.send({ method: "PUT", target: profileOf("Bulk"), body: batch })).toMatchObject({ status: 202 });

  const page = await server.send({ method: "GET", target: `${target}?pageSize=1` });
  const { nextToken } = Object(page.body).meta;
  expect(await server.send({ method: "GET", target: `${target}?pageToken=${nextToken}` })).toMatchObject({
    status: 200,
  });
  expect(await server.send({ method: "DELETE", target: profile })).toMatchObject({ status: 202 });

  const file = Buffer.from(`Email,Name\n${canary()}@example.com,${canary()}\n${canary()}\n`);
  const upload = await createImport(server, { ...announced, fileSize: file.length });
  expect(await server.send(uploadOf(upload, file))).toMatchObject({ status: 200 });
  expect(await importEnd(server, upload)).toMatchObject({ status: "COMPLETED", summary: { errors: 1 } });
  expect(await server.send(uploadOf(upload, file))).toMatchObject({ status: 409 });
  expect(await server.send({ method: "GET", target: importsOf(storeId) })).toMatchObject({ status: 200 });
  const newest = await server.send({ method: "GET", target: `${target}?pageSize=1` });
  const imported = await server.send({ method: "GET", target: profileOf(Object(newest.body).profiles[0]) });
  expect(imported.text.match(/canary-/g)).toHaveLength(2);
  return [tokenOf(upload.url)];
}

/**
 * Sends canaries with requests that are rejected.
 *
 * @returns tokens of upload URLs
 */
export async function failEverywhere(server: CanaryServer): Promise<string[]> {
  for (const request of rejectedRequests()) {
    const { status } = await server.send(request);
    expect([request, status >= 400 && status < 500]).toEqual([request, true]);
  }
  for (const bytes of malformed(server)) await exchange(server.url, bytes);
  const gone = await connectTo(server.url);
  gone.write(`${head("POST", target, "Host: x", ...authorized(server), "Content-Length: 1000")}{"${canary()}":"`);
  gone.resetAndDestroy();

  const tokens = [];
  for (const file of unreadable()) {
    const upload = await createImport(server, { ...announced, fileSize: file.length });
    tokens.push(tokenOf(upload.url));
    expect(await server.send(uploadOf(upload, file.subarray(1)))).toMatchObject({ status: 400 });
    expect(await server.send(uploadOf(upload, Buffer.concat([file, file])))).toMatchObject({ status: 413 });
    expect(await server.send(withHeaders(uploadOf(upload, file), { "content-type": canary() }))).toMatchObject({
      status: 415,
    });
    expect(await server.send(uploadOf({ ...upload, url: `${upload.url}x` }, file))).toMatchObject({ status: 403 });
    expect(await server.send(uploadOf(upload, file))).toMatchObject({ status: 200 });
    expect(await importEnd(server, upload)).toMatchObject({ status: "FAILED" });
  }
  return tokens;
}

/** Removes a table, and then the whole storage, while canaries arrive. */
export async function breakStorage(server: CanaryServer): Promise<void> {
  const create = () => server.send({ method: "POST", target, body: person() });
  const { dataFolder, databaseUrl } = server.place;
  if (databaseUrl === undefined) {
    using database = new DatabaseSync(join(dataFolder, "memory.db"));
    database.exec("BEGIN EXCLUSIVE");
    expect(await create()).toMatchObject({ status: 503 });
    database.exec("ROLLBACK; DROP TABLE trait_groups");
    expect(await create()).toMatchObject({ status: 500 });
    return;
  }
  await administer(databaseUrl, "DROP TABLE trait_groups");
  expect(await create()).toMatchObject({ status: 500 });
  const [found] = await administer(
    databaseUrl,
    "SELECT pg_get_userbyid(datdba) AS owner FROM pg_database WHERE datname = current_database()",
  );
  const { owner } = found?.rows[0] ?? {};
  await administer(
    databaseUrl,
    `ALTER ROLE ${owner} NOLOGIN`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '${owner}'`,
  );
  expect(await create()).toMatchObject({ status: 503 });
}

function rejectedRequests(): Request[] {
  const post = (body: unknown): Request => ({ method: "POST", target, body });
  const withTraits = (traits: object) => post({ traits });
  const get = (path: string): Request => ({ method: "GET", target: path });
  const as = [canary(), canary()] as const;
  return [
    { ...get(target), as },
    { ...get(target), as: [`SK${"c".repeat(32)}`, canary()] },
    { ...get(target), as: "nobody", headers: { authorization: `Bearer ${canary()}`, cookie: canary() } },
    { ...get(`${target}?password=${canary()}`), as: "nobody" },
    get(`/${canary()}`),
    get(`/%${canary()}`),
    get(profileOf(canary())),
    get(`${target}?pageToken=${canary()}`),
    get(`${target}?orderBy=${canary()}`),
    { method: "DELETE", target: `${profileOf("Bulk")}?${canary()}` },
    post(Buffer.from(`{"${canary()}": ${canary()}`)),
    post(Buffer.from(`"${canary()}\xff"`, "latin1")),
    post(canary()),
    post({ [canary()]: canary() }),
    withTraits({ [canary()]: { [canary()]: canary() } }),
    withTraits({ Contact: { [canary()]: canary() } }),
    withTraits({ Contact: { city: canary() } }),
    withTraits({ Contact: { email: [canary()] } }),
    withTraits({ Contact: { email: { [canary()]: canary() } } }),
    withTraits({ Contact: { email: null, city: canary() } }),
    withTraits({ Contact: { email: canary().repeat(50) } }),
    withHeaders(post(person()), { "content-type": canary() }),
    post(Buffer.alloc(6 * 1024 * 1024, canary())),
    {
      method: "PUT",
      target: profileOf("Bulk"),
      body: { profiles: [person(), { traits: { Contact: { city: canary() } } }] },
    },
    { method: "PATCH", target: profileOf(unknownProfileId), body: person() },
    {
      method: "POST",
      target: importsOf(storeId),
      body: { ...announced, columnMappings: [mapping, { ...mapping, traitName: canary() }] },
    },
    {
      method: "PUT",
      target: `/uploads/mem_import_01kjpx9gbsf34a7d8j2y8hjkqv?token=${canary()}`,
      body: canary(),
      as: "nobody",
    },
  ];
}

/** Bytes that are not HTTP, and requests that end early. */
function malformed(server: CanaryServer): string[] {
  const lines = authorized(server);
  return [
    canary(),
    head(canary(), target, "Host: x", ...lines),
    head("GET", target, "Host: x", ...lines, `X-Note: ${canary().repeat(500)}`),
    head("GET", target, `Host: ${canary()}/x`, ...lines),
    head("POST", target, "Host: x", ...lines, "Content-Length: 5", "Transfer-Encoding: chunked") + canary(),
    `${head("POST", target, "Host: x", ...lines, "Content-Length: 1000")}{"traits":{"${canary()}":"`,
  ];
}

function authorized({ login }: CanaryServer): string[] {
  return [
    `Authorization: Basic ${Buffer.from(login.join(":")).toString("base64")}`,
    "Content-Type: application/json",
    "Connection: close",
  ];
}

/** Files that cannot be imported, each for a different reason. */
function unreadable(): Buffer[] {
  const good = `Email,Name\n${canary()}@example.com,${canary()}\n`;
  return [
    Buffer.from(`${good}${canary()},"${canary()}`),
    Buffer.from(`${good}${canary()},"${canary()}"${canary()}\n`),
    Buffer.from(`${good}${canary()}"${canary()}",${canary()}\n`),
    Buffer.from(`${good}${canary()}@example.com,${canary()}\xff\n`, "latin1"),
    Buffer.from(`${canary()},${canary()}\n${good}`),
    Buffer.from(`Email,${canary()},Email,Name\n${good}`),
    Buffer.from(`${good}${`${canary()}\n`.repeat(100)}`),
  ];
}
