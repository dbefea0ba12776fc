import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../configuration/temporary-folder.ts";
import { breakableConnection } from "../postgres/breakable-connection.ts";
import { usePostgres } from "../postgres/use-postgres.ts";
import { memoryServer, untilReady } from "./memory-server.ts";

const newDatabase = usePostgres();

it("memory-server exits after SIGTERM even if its database does not respond", async () => {
  const connection = await breakableConnection(await newDatabase());
  const cwd = await temporaryFolder();
  await writeFile(join(cwd, "key"), "k".repeat(32));
  await writeFile(
    join(cwd, "memory.yaml"),
    `accounts: [{ sid: AC${"1".repeat(32)}, credentials: [{ username: SK1, secretFile: key }] }]
signingKeys: [{ id: first, secretFile: key }]`,
  );
  const environment = { DATABASE_URL: connection.databaseUrl, PORT: "0", MEMORY_CONFIG: "memory.yaml" };
  const child = memoryServer([], { cwd, environment });
  const [, url] = /listens on (.*)$/m.exec(await untilReady(child)) ?? [];
  const headers = { Authorization: `Basic ${btoa(`SK1:${"k".repeat(32)}`)}` };
  // Several at once, so that the pool has connections that are not in use.
  const list = () => fetch(`${url}/v1/Stores/mem_store_00000000000000000000000000/Profiles`, { headers });
  for (const { status } of await Promise.all(Array.from({ length: 10 }, list))) expect(status).toBe(200);
  connection.block();
  child.kill("SIGTERM");
  expect(await once(child, "exit")).toEqual([0, null]);
  await connection.cut();
});
