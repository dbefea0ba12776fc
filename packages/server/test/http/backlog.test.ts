import { once } from "node:events";
import { connect } from "node:net";
import { setImmediate } from "node:timers/promises";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { StoreBatch } from "../../src/storage/storage.ts";
import { TransactionalStorage } from "../../src/storage/transactional-storage.ts";
import { type ApiServer, startApi } from "../support/api-server.ts";
import { profilesOf } from "../support/requests.ts";
import { foreignStoreId, type Login, logins, otherStoreId, storeId } from "../support/settings-for-tests.ts";

const authorization = `Basic ${Buffer.from(logins.owner.join(":")).toString("base64")}`;

const GONE_ID = "mem_profile_00000000000000000000000001";

afterEach(() => void vi.restoreAllMocks());

/** Holds every transaction until it is released. */
function holdTransactions() {
  const batches: StoreBatch[] = [];
  const released = Promise.withResolvers<void>();
  const commit = TransactionalStorage.prototype.commit;
  vi.spyOn(TransactionalStorage.prototype, "commit").mockImplementation(async function held(
    this: TransactionalStorage,
    given: readonly StoreBatch[],
  ) {
    batches.push(...given);
    await released.promise;
    return commit.call(this, given);
  });
  return { batches, release: released.resolve };
}

const profiles = (count: number) =>
  Array.from({ length: count }, (_, at) => ({ traits: { Contact: { email: `${at}@example.com` } } }));
const bulk = (api: ApiServer, id: string, count = 1000, as: Login = logins.owner) =>
  api.send({ method: "PUT", target: `${profilesOf(id)}/Bulk`, body: { profiles: profiles(count) }, as });
const backlogOf = async (api: ApiServer) => Object(await (await fetch(`${api.url}/health`)).json()).backlog;

describe("a backlog of writes", () => {
  it("that is full returns 503 with Retry-After, leaves room for other accounts, and is shown by /health", async () => {
    const held = holdTransactions();
    const api = await startApi();
    const accepted = Array.from({ length: 25 }, () => bulk(api, storeId));
    await expect.poll(() => backlogOf(api)).toMatchObject({ commands: 25_000 });

    for (const id of [storeId, otherStoreId]) {
      const refused = await bulk(api, id, 1);
      expect(refused).toMatchObject({ status: 503, body: { code: 20503 }, headers: { "retry-after": "1" } });
    }
    expect(await (await fetch(`${api.url}/health/ready`)).json()).toEqual({ status: "ready" });
    const other = bulk(api, foreignStoreId, 1, logins.stranger);
    await expect.poll(() => backlogOf(api)).toMatchObject({ commands: 25_001 });

    held.release();
    for (const { status } of await Promise.all([...accepted, other])) expect(status).toBe(202);
    expect(await backlogOf(api)).toMatchObject({ commands: 0, bytes: 0 });
  });

  it("that is full in bytes returns 503 before the body is read, and leaves room for other accounts", async () => {
    holdTransactions();
    const api = await startApi();
    const { hostname, port } = new URL(api.url);
    const announce = () => {
      const socket = connect(Number(port), hostname);
      const head = [
        `PUT ${profilesOf(storeId)}/Bulk HTTP/1.1`,
        `Host: ${hostname}`,
        `Authorization: ${authorization}`,
        "Content-Type: application/json",
        `Content-Length: ${16 * 1024 * 1024}`,
      ];
      socket.write(`${head.join("\r\n")}\r\n\r\n`);
      return socket;
    };
    const sockets = [announce(), announce()];
    await expect.poll(() => backlogOf(api)).toMatchObject({ bytes: 32 * 1024 * 1024 });
    const refused = announce();
    const [response] = await once(refused, "data");
    expect(String(response)).toMatch(/^HTTP\/1\.1 503 .*\r\nretry-after: 1\r\n/is);
    expect(await bulk(api, foreignStoreId, 0, logins.stranger), "another account").toMatchObject({ status: 400 });
    for (const socket of [...sockets, refused]) socket.destroy();
    await expect.poll(() => backlogOf(api)).toMatchObject({ bytes: 0 });
  });

  it.each([
    ["POST", "", "gone@example.com"],
    ["PUT", "/Bulk", "gone@example.com"],
    ["PATCH", `/${GONE_ID}`, GONE_ID],
    ["DELETE", `/${GONE_ID}`, GONE_ID],
  ])("drops the %s of a caller that is gone before its transaction starts", async (method, path, mark) => {
    const held = holdTransactions();
    const api = await startApi();
    const first = bulk(api, storeId, 1);
    await expect.poll(() => held.batches).toHaveLength(1);
    const gone = new AbortController();
    const traits = { Contact: { email: "gone@example.com" } };
    const abandoned = fetch(`${api.url}${profilesOf(storeId)}${path}`, {
      method,
      headers: { Authorization: authorization, "Content-Type": "application/json" },
      ...(method !== "DELETE" && { body: JSON.stringify(method === "PUT" ? { profiles: [{ traits }] } : { traits }) }),
      signal: gone.signal,
    });
    await expect.poll(() => backlogOf(api)).toMatchObject({ commands: 2 });
    gone.abort();
    await expect(abandoned).rejects.toThrow();
    await setImmediate();
    held.release();
    expect((await first).status).toBe(202);
    await expect.poll(() => backlogOf(api)).toMatchObject({ commands: 0 });
    const written = held.batches.flatMap(({ commands }) => commands.map((command) => JSON.stringify(command)));
    expect(written.join()).not.toContain(mark);
  });
});
