import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Settings } from "../../src/configuration/settings.ts";
import type { RunningServer } from "../../src/process/run-server.ts";
import { startServer } from "../../src/process/start-server.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { logins, settingsForTests, storeId } from "../support/settings-for-tests.ts";

type SigningKeys = Settings["signingKeys"];

const oldKey = { id: "old", secret: new Uint8Array(32).fill(1) };
const newKey = { id: "new", secret: new Uint8Array(32).fill(2) };
const profiles = `/v1/Stores/${storeId}/Profiles`;
const headers = { Authorization: `Basic ${btoa(logins.owner.join(":"))}`, "Content-Type": "application/json" };
const csv = "email,phone\nada@example.com,+12065550100\n";

/** What a process signed. An upload URL can be used once. */
interface Signed {
  readonly pageToken: string;
  /** Path and query. */
  readonly uploadUrl: string;
}

describe("two processes whose signing keys are rotated, one process at a time", () => {
  const createDatabase = usePostgres();
  let databaseUrl: string;
  let servers: RunningServer[];

  beforeEach(async () => {
    databaseUrl = await createDatabase();
    servers = [await start([oldKey]), await start([oldKey])];
    const items = ["ada", "grace"].map((name) => ({ traits: { Contact: { email: `${name}@example.com` } } }));
    await send(servers[0], profiles, "POST", items[0]);
    await send(servers[0], profiles, "POST", items[1]);
  });
  afterEach(async () => {
    for (const server of servers) await server.close();
  });

  function start(signingKeys: SigningKeys): Promise<RunningServer> {
    return startServer({ ...settingsForTests, databaseUrl, signingKeys });
  }

  async function restart(at: number, signingKeys: SigningKeys): Promise<void> {
    await servers[at]?.close();
    servers[at] = await start(signingKeys);
  }

  async function send(server: RunningServer | undefined, path: string, method = "GET", body?: unknown) {
    const response = await fetch(`${server?.url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, body: Object(await response.json()) };
  }

  async function signedBy(server: RunningServer): Promise<Signed> {
    const page = await send(server, `${profiles}?pageSize=1`);
    const columnMappings = ["email", "phone"].map((name) => ({
      columnName: name,
      traitGroup: "Contact",
      traitName: name,
    }));
    const file = { filename: "people.csv", fileSize: csv.length, columnMappings };
    const { pathname, search } = new URL((await send(server, `${profiles}/Imports`, "POST", file)).body.url);
    return { pageToken: page.body.meta.nextToken, uploadUrl: pathname + search };
  }

  /** Uses what another process signed, and returns the statuses. */
  async function use(server: RunningServer, { pageToken, uploadUrl }: Signed): Promise<[list: number, upload: number]> {
    const page = await send(server, `${profiles}?pageToken=${pageToken}`);
    const upload = { method: "PUT", headers: { "Content-Type": "text/csv" }, body: csv };
    const { status } = await fetch(server.url + uploadUrl, upload);
    return [page.status, status];
  }

  it("accept at every step what either process signs, or signed in the step before", async () => {
    let signedBefore: Signed[] = [];
    const steps: SigningKeys[] = [[oldKey, newKey], [newKey, oldKey], [newKey]];
    for (const signingKeys of steps) {
      for (const at of servers.keys()) {
        await restart(at, signingKeys);
        for (const server of servers) {
          for (const signed of signedBefore.splice(0, 2)) expect(await use(server, signed)).toEqual([200, 200]);
          for (const signer of servers) expect(await use(server, await signedBy(signer))).toEqual([200, 200]);
        }
        signedBefore = [];
        // Two of each process, one for each process that will use them.
        for (const signer of [...servers, ...servers]) signedBefore.push(await signedBy(signer));
      }
    }
  });

  it("reject what the other signs if the new key is the first one before both processes have it", async () => {
    await restart(0, [newKey, oldKey]);
    const [one, other] = servers;
    if (one === undefined || other === undefined) throw new Error("A server is missing.");
    expect(await use(other, await signedBy(one))).toEqual([400, 403]);
    expect(await use(one, await signedBy(other))).toEqual([200, 200]);
  });
});
