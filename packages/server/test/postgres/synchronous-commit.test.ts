import { expect, it, onTestFinished } from "vitest";
import { PostgresDatabase } from "../../src/storage/postgres/database.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { administer, reasonWithoutBinary, startServer } from "./postgres-for-tests.ts";

it("A commit is not acknowledged if somebody cancels its wait for a synchronous standby", async ({ skip }) => {
  skip(reasonWithoutBinary !== undefined, reasonWithoutBinary);
  const server = await startServer("synchronous_standby_names=absent");
  onTestFinished(() => server.stop());
  const database = new PostgresDatabase({ databaseUrl: server.url });
  onTestFinished(() => database.close());

  const committed = database.transaction((query) => query("CREATE TABLE acknowledged (id integer)"));
  const rejected = expect(committed).rejects.toThrow(
    new StorageUnavailableError("PostgreSQL cannot be used: it committed with a warning"),
  );
  const cancel = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
  await expect.poll(async () => (await administer(server.url, cancel))[0]?.rowCount).toBe(1);
  await rejected;
});
