import type { OperationId, StoreId } from "@memory-api/types";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import { administer } from "../postgres/postgres-for-tests.ts";
import "../support/coverage.ts";
import { importEnd } from "../support/import-end.ts";
import { bodyOf, KeepAliveClient } from "../support/keep-alive-client.ts";
import { type Request, sendRequest } from "../support/send-request.ts";
import { type ServerProcess, startServerProcess } from "../support/server-process.ts";
import { settingsForTests, storeId } from "../support/settings-for-tests.ts";
import { crashWorker } from "./crash-worker.ts";
import { StoreLoad } from "./store-load.ts";
import { storesOn, useCitus, type Worker, workersOf } from "./use-citus.ts";

const KILLS = process.env["SOAK"] ? 20 : 4;
const STORES = 12;
const WRITERS_PER_STORE = 4;

const citus = useCitus("exclusive");
const storeIds = Array.from({ length: STORES }, (_, at): StoreId => `mem_store_${String(at).padStart(26, "0")}`);
const owned = settingsForTests.stores.get(storeId);

let databaseUrl: string;
let settings: Settings;
let workers: Worker[];
/** By the ID of the worker. */
let storesOf: Map<number, StoreId[]>;

beforeEach(async () => {
  if (owned === undefined) throw new Error("The store is missing.");
  databaseUrl = await citus.create();
  const stores = new Map(storeIds.map((id) => [id, owned]));
  settings = { ...settingsForTests, databaseUrl, stores, imports: { leaseMs: 1_000, pollMs: 100 } };
  workers = await workersOf(databaseUrl);
  storesOf = new Map();
  for (const worker of workers) {
    const found = await storesOn(databaseUrl, worker, storeIds);
    storesOf.set(
      worker.id,
      storeIds.filter((id) => found.includes(id)),
    );
  }
});

async function healthOf({ url }: ServerProcess) {
  const [ready, health] = await Promise.all([fetch(`${url}/health/ready`), fetch(`${url}/health`)]);
  await ready.arrayBuffer();
  return { ready: ready.status, health: health.status, nodes: Object(await health.json()).nodes };
}

const nodesWith = (dead?: Worker) =>
  workers.map(({ id }) => ({ id, status: id === dead?.id ? "unavailable" : "ready" }));

/** Kills a worker, and starts it at the end of the test at the latest. */
async function crash(worker: Worker): Promise<() => Promise<void>> {
  const restart = await crashWorker(worker);
  let restarted: Promise<void> | undefined;
  const start = () => {
    restarted ??= restart();
    return restarted;
  };
  onTestFinished(start);
  return start;
}

const columnMappings = [
  { columnName: "Email", traitGroup: "Contact", traitName: "email" },
  { columnName: "Name", traitGroup: "Contact", traitName: "firstName" },
];
const csv = `Email,Name\n${Array.from({ length: 500 }, (_, at) => `imported${at}@example.com,${at}\n`).join("")}`;
const announced = { filename: "people.csv", fileSize: csv.length, columnMappings };

describe("Citus: while a worker is dead", () => {
  it("each operation of its stores returns 503, and those of all others are served", { timeout: 600_000 }, async ({
    task,
  }) => {
    const server = await startServerProcess(settings);
    const client = new KeepAliveClient(server.url);
    const [dead, alive] = workers;
    if (dead === undefined || alive === undefined) throw new Error("The cluster needs two workers.");
    const responses: Record<string, Record<string, number>> = {};
    const requestsOf = async (id: StoreId): Promise<[OperationId, Request][]> => {
      const email = "ada@example.com";
      const body = { traits: { Contact: { email } } };
      const profile = bodyOf(await client.send("createProfile", { path: { storeId: id }, body }), 202);
      const created = bodyOf(
        await client.send("createProfilesImportV2", { path: { storeId: id }, body: announced }),
        201,
      );
      const { pathname, search } = new URL(created.url);
      const base = `/v1/Stores/${id}/Profiles`;
      const headers = { "content-type": "text/csv" };
      return [
        ["createProfile", { method: "POST", target: base, body }],
        ["listProfiles", { method: "GET", target: base }],
        ["fetchProfile", { method: "GET", target: `${base}/${profile.id}` }],
        ["patchProfileTraits", { method: "PATCH", target: `${base}/${profile.id}`, body }],
        ["updateProfilesBulk", { method: "PUT", target: `${base}/Bulk`, body: { profiles: [body] } }],
        ["createProfilesImportV2", { method: "POST", target: `${base}/Imports`, body: announced }],
        ["listProfileImportsV2", { method: "GET", target: `${base}/Imports` }],
        ["fetchProfileImportV2", { method: "GET", target: `${base}/Imports/${created.importId}` }],
        ["uploadImportFile", { method: "PUT", target: pathname + search, body: Buffer.from(csv), headers }],
        ["deleteProfile", { method: "DELETE", target: `${base}/${profile.id}` }],
      ];
    };
    const [ofDead] = storesOf.get(dead.id) ?? [];
    const [ofAlive] = storesOf.get(alive.id) ?? [];
    if (ofDead === undefined || ofAlive === undefined) throw new Error("A worker has no store.");
    const requests = { dead: await requestsOf(ofDead), alive: await requestsOf(ofAlive) };

    const restart = await crash(dead);
    for (const [where, ofStore] of Object.entries(requests)) {
      for (const [operation, request] of ofStore) {
        const { status, body } = await sendRequest(server.url, request);
        responses[operation] = { ...responses[operation], [where]: status };
        if (where === "dead") expect(body, operation).toMatchObject({ code: 20503, status: 503 });
      }
    }
    expect(responses).toEqual({
      createProfile: { dead: 503, alive: 202 },
      listProfiles: { dead: 503, alive: 200 },
      fetchProfile: { dead: 503, alive: 200 },
      patchProfileTraits: { dead: 503, alive: 202 },
      updateProfilesBulk: { dead: 503, alive: 202 },
      createProfilesImportV2: { dead: 503, alive: 201 },
      listProfileImportsV2: { dead: 503, alive: 200 },
      fetchProfileImportV2: { dead: 503, alive: 200 },
      uploadImportFile: { dead: 503, alive: 200 },
      deleteProfile: { dead: 503, alive: 202 },
    });
    await expect.poll(() => healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith(dead) });
    const metrics = await (await fetch(`${server.url}/metrics`)).text();
    expect(metrics).toMatch(/^memory_nodes_unavailable 1$/m);

    await restart();
    await expect.poll(() => healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith() });
    const { length } = Object.keys(responses);
    task.meta.coverage = `Citus with a dead worker: 503 to ${length} of ${length} operations of its stores, and to none of the others`;
  });

  it("a server can start, and is not ready once no worker is left", { timeout: 600_000 }, async () => {
    const [dead, ...others] = workers;
    if (dead === undefined) throw new Error("The cluster has no workers.");
    const restart = await crash(dead);
    const server = await startServerProcess(settings);
    expect(await healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith(dead) });
    const restarts = [];
    for (const worker of others) restarts.push(await crash(worker));
    await expect.poll(async () => (await healthOf(server)).ready).toBe(503);
    for (const again of restarts) await again();
    await expect.poll(() => healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith(dead) });
    await restart();
    await expect.poll(() => healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith() });
  });

  it("its errors do not close connections to the coordinator", { timeout: 600_000 }, async () => {
    const { url } = await startServerProcess({ ...settings, databaseConnections: 3 });
    const client = new KeepAliveClient(url);
    const [dead] = workers;
    const [ofDead] = storesOf.get(dead?.id ?? 0) ?? [];
    if (dead === undefined || ofDead === undefined) throw new Error("A worker has no store.");
    const list = () => client.send("listProfiles", { path: { storeId: ofDead } });
    const backends = `SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND application_name = 'memory-api' ORDER BY pid`;
    const pids = async () => (await administer(databaseUrl, backends))[0]?.rows;
    await Promise.all(Array.from({ length: 30 }, list));
    const before = await pids();
    const restart = await crash(dead);
    for (const { status } of await Promise.all(Array.from({ length: 30 }, list))) expect(status).toBe(503);
    await restart();
    // Sessions of the coordinator still have connections to the worker that ended with it.
    for (const { status } of await Promise.all(Array.from({ length: 30 }, list))) expect(status).toBe(200);
    expect(await pids()).toEqual(before);
  });
});

describe(`Citus: ${KILLS} kills of a worker under load`, () => {
  it("lose no acknowledged write, and only its stores return 503, until it is back", { timeout: 3_600_000 }, async ({
    task,
  }) => {
    const servers = [await startServerProcess(settings), await startServerProcess(settings)];
    const clients = servers.map(({ url }) => new KeepAliveClient(url));
    const [client] = clients;
    const load = new StoreLoad(clients, storeIds, WRITERS_PER_STORE);
    const lines: string[] = [];
    let failed = 0;
    for (let kill = 0; kill < KILLS; kill++) {
      const dead = workers[kill % workers.length];
      if (dead === undefined || client === undefined) throw new Error("The cluster has no workers.");
      const ofDead = storesOf.get(dead.id) ?? [];
      const healthy = storeIds.filter((id) => !ofDead.includes(id));
      await load.more(20);
      expect(load.nextPeriod().failures, "before").toEqual(new Map());

      const restart = await crash(dead);
      await load.more(100, healthy);
      for (const server of servers) {
        await expect.poll(() => healthOf(server)).toEqual({ ready: 200, health: 200, nodes: nodesWith(dead) });
      }
      // An import of another store completes, although those of the dead worker are due as well.
      const [target = storeId] = healthy;
      const created = bodyOf(
        await client.send("createProfilesImportV2", { path: { storeId: target }, body: announced }),
        201,
      );
      bodyOf(await client.upload(created.url, csv), 200);
      expect(await importEnd(client, target, created.importId)).toMatchObject({ status: "COMPLETED" });
      const during = load.nextPeriod();
      expect([...during.failures.keys()].sort(), "only stores of the worker").toEqual([...ofDead].sort());
      for (const [store, statuses] of during.failures) expect([...statuses.keys()], store).toEqual([503]);
      failed += [...during.failures.values()].reduce((sum, statuses) => sum + (statuses.get(503) ?? 0), 0);

      await restart();
      const backAt = performance.now();
      await load.more(1);
      const servedMs = Math.round(performance.now() - backAt);
      // Requests that began before have responses.
      await load.more(3 * WRITERS_PER_STORE);
      load.nextPeriod();
      await load.more(50);
      expect(load.nextPeriod().failures, "after").toEqual(new Map());
      lines.push(`${during.acknowledged}/${servedMs} ms`);
    }
    const { acknowledged, lost } = await load.stop(databaseUrl);
    expect(lost).toEqual([]);
    task.meta.coverage =
      `Citus: 0 of ${acknowledged} acknowledged writes lost in ${KILLS} kills of a worker, ${failed} responses of 503. ` +
      `Written to other stores while it was dead, and time until every store was served once it was back: ${lines.join(", ")}`;
  });
});
