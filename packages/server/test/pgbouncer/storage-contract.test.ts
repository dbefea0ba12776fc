import { openPostgres } from "../../src/storage/postgres/open-postgres.ts";
import { describeStorage } from "../storage-contract/describe-storage.ts";
import { storeIds } from "../storage-contract/storage-engine.ts";
import { usePgBouncer } from "./use-pgbouncer.ts";

const createDatabase = usePgBouncer();
let database: Promise<string> | undefined;

describeStorage({
  name: "PostgreSQL behind PgBouncer",
  async open() {
    database ??= createDatabase();
    const { storage, uploads } = await openPostgres({ databaseUrl: await database });
    await storage.restore(storeIds, {});
    return { storage, uploads, close: storage.close };
  },
});
