import { describe, expect, it } from "vitest";
import { importEnd } from "../security/fetch-import.ts";
import { startWholeServer } from "../security/whole-server.ts";
import { describeEngines } from "../support/engines.ts";
import { acceptedRequest, createImport, csv, profilesOf, uploadOf } from "../support/requests.ts";
import { foreignStoreId, logins, storeId } from "../support/settings-for-tests.ts";
import { readMetrics } from "./read-metrics.ts";

const [account] = logins.ownerAccount;
const owned = { account, store: storeId };

describeEngines("the metrics", (engine) => {
  it("count requests by operation, status, account and store, and their time", async () => {
    const server = await startWholeServer(await engine.newPlace());
    for (let count = 0; count < 3; count++) await server.send(await acceptedRequest.createProfile(server));
    await server.send({ method: "GET", target: profilesOf(foreignStoreId) });
    await server.send({ method: "GET", target: profilesOf(storeId), as: ["SK-unknown", "wrong"] });
    await expect.poll(async () => (await readMetrics(server))("memory_requests_total", { account: "none" })).toBe(1);
    const read = await readMetrics(server);
    expect(read("memory_requests_total", { operation: "createProfile", status: "202", ...owned })).toBe(3);
    expect(read("memory_requests_total", { status: "403", account, store: "none" })).toBe(1);
    expect(read("memory_requests_total", { status: "401", account: "none", store: "none" })).toBe(1);
    expect(read("memory_request_seconds_total", owned)).toBeGreaterThan(0);
    expect(read("memory_request_duration_seconds_count", { operation: "createProfile" })).toBe(3);
  });

  it("contain the time of each step of a transaction", async () => {
    const server = await startWholeServer(await engine.newPlace());
    const before = await readMetrics(server);
    await server.send(await acceptedRequest.patchProfileTraits(server));
    const after = await readMetrics(server);
    const duration = "memory_transaction_step_duration_seconds";
    const grown = (step: string) => after(`${duration}_count`, { step }) - before(`${duration}_count`, { step });
    // A create and a change. A create of new identifiers has nothing to read.
    expect(["lock", "read", "write"].map(grown)).toEqual([2, 1, 2]);
    // The search for due imports has transactions, too.
    for (const step of ["begin", "commit"]) expect(grown(step)).toBeGreaterThanOrEqual(2);
    expect(after(`${duration}_sum`, { step: "commit" })).toBeGreaterThan(before(`${duration}_sum`, { step: "commit" }));
  });

  it("show the backlog and the connections", async () => {
    const server = await startWholeServer({ ...(await engine.newPlace()), databaseConnections: 3 });
    await server.send(await acceptedRequest.createProfile(server));
    const read = await readMetrics(server);
    for (const of of ["commands", "bytes", "oldest_seconds"]) expect(read(`memory_backlog_${of}`)).toBe(0);
    const limit = engine.name === "PostgreSQL" ? 3 : 0;
    expect(read("memory_database_connections_limit")).toBe(limit);
    expect(read("memory_database_connections_waiting")).toBe(0);
    const open = read("memory_database_connections_used") + read("memory_database_connections_idle");
    expect(open > 0).toBe(limit > 0);
  });

  it("count the bytes of uploads, and the rows and outcomes of imports", async () => {
    const server = await startWholeServer(await engine.newPlace());
    const created = await createImport(server);
    await server.send(uploadOf(created));
    await importEnd(server, created);
    await expect.poll(async () => (await readMetrics(server))("memory_imports_total")).toBe(1);
    const read = await readMetrics(server);
    expect(read("memory_upload_bytes_total", owned)).toBe(csv.length);
    expect(read("memory_imports_total", { outcome: "completed" })).toBe(1);
    expect(read("memory_import_rows_total", { outcome: "applied" })).toBe(1);
    expect(read("memory_imports_running")).toBe(0);
    expect(read("memory_import_oldest_waiting_seconds")).toBe(0);
  });
});

describe("the labels of metrics", () => {
  it("name the first 100 stores of the configuration, and call all others `other`", async () => {
    const { stores } = (await startWholeServer()).settings;
    const [first] = stores.values();
    if (first === undefined) throw new Error("There is a store.");
    const ids = Array.from({ length: 101 }, (_, at) => `mem_store_${String(at).padStart(26, "0")}`);
    const server = await startWholeServer({ stores: new Map(ids.map((id) => [id, first])) });
    for (const id of [ids[99], ids[100]]) await server.send({ method: "GET", target: profilesOf(`${id}`) });
    await expect.poll(async () => (await readMetrics(server))("memory_requests_total")).toBe(2);
    const read = await readMetrics(server);
    expect(read("memory_requests_total", { store: `${ids[99]}`, account })).toBe(1);
    expect(read("memory_requests_total", { store: "other", account })).toBe(1);
  });
});
