import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { openStorage } from "../../src/process/open-storage.ts";
import { migratePostgres } from "../../src/storage/postgres/migrate.ts";
import { StorageUnavailableError } from "../../src/storage/storage.ts";
import { settingsForTests } from "../support/settings-for-tests.ts";
import { administer } from "./postgres-for-tests.ts";
import { usePostgres } from "./use-postgres.ts";

const createDatabase = usePostgres();

it("A server does not start on a database whose tables its role may not write", async () => {
  const databaseUrl = await createDatabase();
  await migratePostgres({ databaseUrl });
  const role = `role_${randomUUID().replaceAll("-", "")}`;
  await administer(
    databaseUrl,
    `CREATE ROLE ${role} LOGIN PASSWORD '${role}'`,
    `GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${role}`,
  );
  const ofRole = Object.assign(new URL(databaseUrl), { username: role, password: role }).href;
  const opened = openStorage({ ...settingsForTests, databaseUrl: ofRole });
  await expect(opened).rejects.toThrow(StorageUnavailableError);
  await expect(opened).rejects.toThrow(/permission denied for table \w+ \(42501\)/);
  await administer(databaseUrl, `DROP OWNED BY ${role}`, `DROP ROLE ${role}`);
});
